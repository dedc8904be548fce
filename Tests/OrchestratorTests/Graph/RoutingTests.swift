import JSONModel
import Testing

@testable import Orchestrator

struct RoutingTests {
    private static func graph(_ edges: [GraphEdge]) -> WorkflowGraph {
        WorkflowGraph(
            id: testID(1), name: "g", nodes: ["a", "b", "c", "d"].map(GraphNode.router), edges: edges,
            startNode: "a",
            endNodes: ["d"])
    }

    private static func target(_ edges: [GraphEdge], _ state: WorkflowState = testState()) -> String? {
        GraphIndex(graph(edges)).route(from: "a", in: state).edge?.target
    }

    @Test func `the first edge whose condition holds wins`() {
        let edges = [
            GraphEdge(from: "b", to: "d"), GraphEdge(from: "a", to: "b", when: .when("iteration_count > 0")),
            GraphEdge(from: "a", to: "c", when: .when("iteration_count == 0")), GraphEdge(from: "a", to: "d"),
        ]
        #expect(Self.target(edges) == "c")
        #expect(GraphIndex(Self.graph(edges)).edges(from: "a").map(\.target) == ["b", "c", "d"])
    }

    @Test func `no edge, or none that holds, leads nowhere`() {
        #expect(Self.target([]) == nil)
        #expect(Self.target([GraphEdge(from: "a", to: "b", when: .when("memory.none"))]) == nil)
    }

    @Test func `an edge to an unknown node is skipped and reported`() {
        let edges = [GraphEdge(from: "a", to: "x"), GraphEdge(from: "a", to: "b")]
        let decision = GraphIndex(Self.graph(edges)).route(from: "a", in: testState())
        #expect(decision.edge?.target == "b")
        #expect(decision.failures == [ConditionFailure(edgeID: "a->x", reason: .missingTarget("x"))])
    }

    @Test func `a condition without a value is not taken and says why`() throws {
        let texts = ["", "1 +", "1 + memory.none"]
        var edges = texts.enumerated().map { GraphEdge(from: "a", to: "b", when: .when($1), id: "e\($0)") }
        edges.append(GraphEdge(from: "a", to: "b", when: .when("1"), id: "e3"))
        edges[3].condition.expression = nil
        let unknown = try EdgeCondition(json: ["type": "llm"])
        edges.append(GraphEdge(from: "a", to: "b", when: unknown, id: "e4"))
        edges.append(GraphEdge(from: "a", to: "c", id: "e5"))
        let decision = GraphIndex(Self.graph(edges)).route(from: "a", in: testState())
        #expect(decision.edge?.target == "c")
        #expect(decision.failures.map(\.edgeID) == ["e0", "e1", "e2", "e3", "e4"])
        #expect(decision.failures[3].reason == .missingExpression)
        #expect(decision.failures[4].description == "edge `e4`: the condition type `llm` is unknown")
    }

    @Test func `untrusted memory is refused in a strict graph and warned of in others`() {
        var state = testState(memory: ["k": true, "key": true, "o": ["in": true]])
        state.taintRegistry = ["k": TaintMetadata(source: "mcp_tool", createdAt: "")]
        var graph = Self.graph([GraphEdge(from: "a", to: "b", when: .when("memory.k"))])
        let lenient = GraphIndex(graph).route(from: "a", in: state)
        #expect(lenient.edge?.target == "b")
        #expect(lenient.failures.map(\.reason) == [.tainted(keys: ["k"], isRefused: false)])
        graph.isTaintStrict = true
        #expect(GraphIndex(graph).route(from: "a", in: state).edge == nil)
        graph.edges[0].condition = .when("k of memory")
        #expect(GraphIndex(graph).route(from: "a", in: state).edge == nil)
        graph.edges[0].condition = .when("memory.key and memory.o.in")
        #expect(GraphIndex(graph).route(from: "a", in: state).edge?.target == "b")
    }

    @Test func `nodes are found by id and end nodes are known`() {
        let index = GraphIndex(Self.graph([]), cache: ConditionCache())
        #expect(index.node("b")?.type == .router)
        #expect(index.node("x") == nil)
        #expect(index.isEndNode("d"))
        #expect(!index.isEndNode("a"))
    }

    @Test func `a run goes on only while it is running and has a node`() {
        var state = testState()
        #expect(!state.shouldContinue)
        state.currentNode = "a"
        #expect(state.shouldContinue)
        for status in WorkflowStatus.allCases where status != .running {
            state.status = status
            #expect(!state.shouldContinue)
        }
    }
}
