import JSONModel
import Testing

@testable import Orchestrator

struct GraphWarningTests {
    private static func warnings(
        _ nodes: [GraphNode], _ edges: [GraphEdge], ends: [String] = ["b"],
        change: (inout WorkflowGraph) -> Void = { _ in }
    ) -> [GraphWarning] {
        var graph = WorkflowGraph(
            id: testID(1), name: "g", nodes: nodes, edges: edges, startNode: "a", endNodes: ends)
        change(&graph)
        return graph.warnings()
    }

    private static let pair = ["a", "b"].map(GraphNode.router)
    private static let forward = GraphEdge(from: "a", to: "b")

    @Test func `a plain graph gives no warnings`() {
        #expect(Self.warnings(Self.pair, [Self.forward]) == [])
    }

    @Test func `wildcards are named`() {
        let nodes = [GraphNode.agent("a", agentID: "x"), .router("b")]
        #expect(
            Self.warnings(nodes, [Self.forward]) == [
                .wildcardKeys(node: "a", field: "read_keys"), .wildcardKeys(node: "a", field: "write_keys"),
            ])
    }

    @Test func `a graph that cannot end is named`() {
        #expect(Self.warnings(Self.pair, [Self.forward], ends: []) == [.noEnd, .deadEnd(node: "b")])
        let back = GraphEdge(from: "b", to: "a")
        #expect(Self.warnings(Self.pair, [Self.forward, back], ends: []) == [.noEnd, .cycleWithoutEnd])
        #expect(Self.warnings(Self.pair, [Self.forward, back]) == [])
    }

    @Test func `odd edges are named`() {
        let edges = [
            Self.forward, GraphEdge(from: "a", to: "a", id: "self"),
            GraphEdge(from: "a", to: "b", when: .when(""), id: "empty"),
            GraphEdge(
                from: "a", to: "b", when: .when("memory.ok == true or null in (memory.true)"), id: "bare"),
        ]
        #expect(
            Self.warnings(Self.pair, edges) == [
                .selfEdge("self"), .emptyCondition(edge: "empty"), .literalName(edge: "bare", name: "null"),
                .literalName(edge: "bare", name: "true"),
            ])
    }

    @Test func `reachability follows edges and what nodes name`() {
        let nodes = [
            GraphNode.map("a", MapConfig(workerNodeID: "w", staticItems: []), reads: []), .router("b"),
            .tool("w", toolID: "x", reads: []), .router("lost"),
        ]
        #expect(Self.warnings(nodes, [Self.forward]) == [.unreachable(node: "lost"), .deadEnd(node: "lost")])
    }

    @Test func `a supervisor that manages itself or an unconnected node is named`() {
        let nodes = [
            GraphNode.supervisor("a", SupervisorConfig(managedNodes: ["a", "b"], agentID: "x"), reads: []),
            .router("b"),
        ]
        #expect(
            Self.warnings(nodes, []) == [
                .managesItself(supervisor: "a"), .unconnectedManagedNode(supervisor: "a", node: "b"),
            ])
    }

    @Test func `a key that nobody writes is a warning unless keys are strict`() {
        var nodes = Self.pair
        nodes[1].readKeys = ["k.part"]
        let warning = GraphWarning.danglingReadKey(node: "b", key: "k.part")
        #expect(Self.warnings(nodes, [Self.forward]) == [warning])
        #expect(Self.warnings(nodes, [Self.forward]) { $0.areKeysStrict = true } == [])
        #expect(Self.warnings(nodes, [Self.forward]) { $0.inputs = ["k": ["schema": [:]]] } == [])
        #expect(warning.description == "node `b` reads `k.part`, which nobody writes")
    }
}
