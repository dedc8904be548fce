import JSONModel
import Testing

@testable import Orchestrator

struct GraphJSONTests {
    private static let definition: JSONValue = [
        "id": "00000000-0000-4000-8000-000000000001", "name": "g", "description": "d", "start_node": "plan",
        "end_nodes": ["act"], "strict_taint": true, "strict_keys": true,
        "inputs": ["q": ["schema": ["type": "string"], "required": true]], "outputs": ["r": ["schema": [:]]],
        "nodes": [
            [
                "id": "plan", "type": "agent", "agent_id": "x", "read_keys": ["*"], "write_keys": ["plan"],
                "default_write_key": "plan", "requires_compensation": true, "metadata": ["ui": 1],
                "memory_query": ["text": "t"], "budget": ["max_tokens": 5, "max_cost_usd": 0.5],
                "failure_policy": [
                    "max_retries": 5, "backoff_strategy": "linear", "initial_backoff_ms": 250,
                    "max_backoff_ms": 4000,
                    "timeout_ms": 9, "jitter": true,
                    "circuit_breaker": [
                        "enabled": true, "failure_threshold": 3, "success_threshold": 1, "timeout_ms": 7,
                    ],
                ],
            ],
            [
                "id": "act", "type": "hologram", "read_keys": [], "write_keys": [],
                "requires_compensation": false,
                "hologram_config": ["depth": 3],
                "failure_policy": [
                    "max_retries": 3, "backoff_strategy": "exponential", "initial_backoff_ms": 1000,
                    "max_backoff_ms": 60000,
                ],
            ],
        ],
        "edges": [
            [
                "id": "e1", "source": "plan", "target": "act", "metadata": ["label": "go"], "color": "red",
                "condition": ["type": "conditional", "condition": "memory.ok", "value": 3],
            ]
        ],
        "made_by": "editor 2",
    ]

    @Test func `a whole definition survives a round trip, unknown keys at every level included`() throws {
        let graph = try WorkflowGraph(json: Self.definition)
        #expect(graph.json == Self.definition)
        #expect(graph.node("act")?.type.rawValue == "hologram")
        #expect(graph.node("plan")?.failurePolicy.initialBackoff == .milliseconds(250))
    }

    @Test func `missing keys get their defaults`() throws {
        let graph = try WorkflowGraph(
            json: [
                "nodes": [["id": "a", "type": "map", "map_reduce_config": ["worker_node_id": "w"]]],
                "edges": [],
            ],
            id: testID(4))
        #expect(graph.id == testID(4))
        #expect(graph.startNode == "")
        let node = try #require(graph.node("a"))
        #expect(node.failurePolicy == FailurePolicy())
        #expect(node.mapConfig == MapConfig(workerNodeID: "w"))
        #expect(node.mapConfig?.maxConcurrency == 5)
        let approval = try ApprovalConfig(json: [:])
        #expect(approval.timeout == .seconds(86_400))
        #expect(approval.promptMessage == "Please review and approve this workflow step.")
        #expect(try SupervisorConfig(json: [:]).maxIterations == 10)
        #expect(try GraphEdge(json: ["source": "a", "target": "b"]).condition == .always)
    }

    @Test func `a value of a wrong kind is named`() {
        let error = #expect(throws: WorkflowShapeError.self) {
            try WorkflowGraph(json: ["nodes": [["id": "a", "type": "tool", "read_keys": [1]]]])
        }
        #expect(error?.description == "nodes[0].read_keys[0] must be a string")
    }

    @Test func `attempts count from one and zero backs off not at all`() {
        #expect(FailurePolicy(maxRetries: 0).attempts == 1)
        #expect(FailurePolicy(maxRetries: 1).attempts == 1)
        #expect(FailurePolicy(maxRetries: 3).attempts == 3)
        #expect(FailurePolicy(initialBackoff: .zero).backoff(afterAttempt: 9) == .zero)
        #expect(FailurePolicy(maxBackoff: .zero).backoff(afterAttempt: 9) == .zero)
        #expect(FailurePolicy().backoff(afterAttempt: .max) == .seconds(60))
        #expect(FailurePolicy(backoffStrategy: .linear).backoff(afterAttempt: .max) == .seconds(60))
        #expect(RetryBackoff().delay(afterAttempt: .max) == .seconds(300))
    }
}
