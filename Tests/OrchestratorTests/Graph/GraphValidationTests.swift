import JSONModel
import Testing

@testable import Orchestrator

struct GraphValidationTests {
    private static var valid: WorkflowGraph {
        WorkflowGraph(
            id: testID(1), name: "g",
            nodes: [
                .agent("a", agentID: "x"), .tool("t", toolID: "y"), .router("r"), .approval("gate"),
                .map("m", MapConfig(workerNodeID: "t", itemsPath: "$.memory.items")),
                .supervisor("s", SupervisorConfig(managedNodes: ["a"], agentID: "boss")), .router("end"),
            ],
            edges: [GraphEdge(from: "a", to: "r", when: .when("number(memory.x) > 1 or memory.y == 'z'"))],
            startNode: "a", endNodes: ["end"])
    }

    private static func problems(_ change: (inout WorkflowGraph) -> Void) -> [GraphProblem] {
        var graph = valid
        change(&graph)
        return graph.problems()
    }

    @Test func `a valid graph has no problems`() {
        #expect(Self.problems { _ in } == [])
    }

    @Test func `duplicate ids are found`() {
        #expect(Self.problems { $0.nodes.append(.router("r")) } == [.duplicateNode("r")])
        #expect(Self.problems { $0.edges.append($0.edges[0]) } == [.duplicateEdge("a->r")])
    }

    @Test func `names of missing nodes are found`() {
        #expect(Self.problems { $0.startNode = "x" } == [.missingStartNode("x")])
        #expect(Self.problems { $0.endNodes.append("x") } == [.missingEndNode("x")])
        #expect(
            Self.problems { $0.edges = [GraphEdge(from: "x", to: "y")] } == [
                .missingEdgeSource(edge: "x->y", node: "x"), .missingEdgeTarget(edge: "x->y", node: "y"),
            ])
        #expect(
            Self.problems { $0.nodes[3].approvalConfig?.rejectionNodeID = "x" } == [
                .missingReference(node: "gate", field: "approval_config.rejection_node_id", target: "x")
            ])
        #expect(
            Self.problems { $0.nodes[4].mapConfig?.workerNodeID = "x" } == [
                .missingReference(node: "m", field: "map_reduce_config.worker_node_id", target: "x")
            ])
        #expect(
            Self.problems { $0.nodes[4].mapConfig?.synthesizerNodeID = "x" } == [
                .missingReference(node: "m", field: "map_reduce_config.synthesizer_node_id", target: "x")
            ])
        #expect(
            Self.problems { $0.nodes[5].supervisorConfig?.managedNodes = ["a", "x"] } == [
                .missingReference(node: "s", field: "supervisor_config.managed_nodes", target: "x")
            ])
    }

    @Test func `a condition that does not compile is found, an empty one is not an error`() {
        let problems = Self.problems { $0.edges[0].condition = .when("memory.x = 1") }
        #expect(
            problems == [.malformedCondition(edge: "a->r", reason: "unexpected `=` at byte 9")])
        #expect(Self.problems { $0.edges[0].condition = .when("") } == [])
    }

    @Test func `what a kind needs is found missing`() {
        #expect(Self.problems { $0.nodes[0].agentID = nil } == [.missingField(node: "a", field: "agent_id")])
        #expect(Self.problems { $0.nodes[1].toolID = nil } == [.missingField(node: "t", field: "tool_id")])
        #expect(
            Self.problems { $0.nodes[3].approvalConfig = nil } == [
                .missingField(node: "gate", field: "approval_config")
            ])
        #expect(
            Self.problems { $0.nodes[4].mapConfig = nil } == [
                .missingField(node: "m", field: "map_reduce_config")
            ])
        #expect(
            Self.problems { $0.nodes[5].supervisorConfig = nil } == [
                .missingField(node: "s", field: "supervisor_config")
            ])
        #expect(
            Self.problems { $0.nodes[5].supervisorConfig?.agentID = nil } == [
                .missingField(node: "s", field: "agent_id")
            ])
        for (type, field) in [
            ("voting", "voting_config"), ("verifier", "verifier_config"), ("subgraph", "subgraph_config"),
        ] {
            let problems = Self.problems { $0.nodes[2].type = NodeType(rawValue: type) }
            #expect(
                problems == [
                    .unsupportedNodeType(node: "r", type: type), .missingField(node: "r", field: field),
                ])
        }
    }

    @Test func `a handler id stands for an agent or a tool`() {
        let problems = Self.problems { graph in
            for index in [0, 1] {
                graph.nodes[index].handlerID = "h"
                graph.nodes[index].agentID = nil
                graph.nodes[index].toolID = nil
            }
        }
        #expect(problems == [])
    }

    @Test func `a map works with an agent or a tool only`() {
        #expect(
            Self.problems { $0.nodes[4].mapConfig?.workerNodeID = "r" } == [
                .unsupportedWorker(node: "m", worker: "r")
            ])
    }

    @Test func `the default write key must be granted`() {
        let problem = GraphProblem.defaultWriteKeyNotGranted(node: "t", key: "k")
        #expect(Self.problems { $0.nodes[1].defaultWriteKey = "k" } == [problem])
        #expect(Self.problems { $0.nodes[0].defaultWriteKey = "k" } == [])
    }

    @Test func `a kind that is not executed is reported and not refused on load`() throws {
        let node = try GraphNode(json: ["id": "r", "type": "reflection", "reflection_config": ["x": 1]])
        #expect(node.additionalFields == ["reflection_config": ["x": 1]])
        #expect(Self.problems { $0.nodes[2] = node } == [.unsupportedNodeType(node: "r", type: "reflection")])
    }

    @Test func `numbers at the edge of their range pass and beyond it do not`() {
        let changes: [(inRange: (inout WorkflowGraph) -> Void, beyond: (inout WorkflowGraph) -> Void)] = [
            ({ $0.nodes[0].failurePolicy.maxRetries = 10 }, { $0.nodes[0].failurePolicy.maxRetries = 11 }),
            (
                { $0.nodes[0].failurePolicy.initialBackoff = .seconds(600) },
                { $0.nodes[0].failurePolicy.initialBackoff = .milliseconds(600_001) }
            ),
            (
                { $0.nodes[0].failurePolicy.timeout = .milliseconds(1) },
                { $0.nodes[0].failurePolicy.timeout = .zero }
            ),
            ({ $0.nodes[4].mapConfig?.maxConcurrency = 50 }, { $0.nodes[4].mapConfig?.maxConcurrency = 51 }),
            (
                { $0.nodes[4].mapConfig?.staticItems = Array(repeating: 1, count: 1000) },
                { $0.nodes[4].mapConfig?.staticItems = Array(repeating: 1, count: 1001) }
            ),
            (
                { $0.nodes[5].supervisorConfig?.maxIterations = 1000 },
                { $0.nodes[5].supervisorConfig?.maxIterations = 0 }
            ),
            (
                { $0.nodes[3].approvalConfig?.timeout = .seconds(2_592_000) },
                { $0.nodes[3].approvalConfig?.timeout = .zero }
            ),
            (
                { $0.nodes[0].budget = NodeBudget(maxTokens: 1) },
                { $0.nodes[0].budget = NodeBudget(maxTokens: 0) }
            ),
            (
                { $0.endNodes = Array(repeating: "end", count: 10_000) },
                { $0.endNodes = Array(repeating: "end", count: 10_001) }
            ),
        ]
        for (index, change) in changes.enumerated() {
            #expect(Self.problems(change.inRange) == [], "\(index)")
            #expect(Self.problems(change.beyond).count == 1, "\(index)")
        }
    }

    @Test func `with strict keys every key that is read must be written or declared`() {
        let problems = Self.problems { graph in
            graph.areKeysStrict = true
            graph.inputs = ["given": ["schema": [:]]]
            graph.nodes[0].readKeys = ["given.part", "t_result", "m_count", "nobody"]
            graph.nodes[0].writeKeys = ["out"]
        }
        #expect(problems == [.danglingReadKey(node: "a", key: "nobody")])
    }
}
