import JSONModel
import Testing

@testable import Orchestrator

struct ActionJSONTests {
    private static func action(_ type: String, _ payload: JSONValue) -> JSONValue {
        [
            "id": "00000000-0000-4000-8000-000000000003", "idempotency_key": "n:0:1", "type": .string(type),
            "payload": payload,
            "metadata": ["node_id": "n", "timestamp": "2026-01-01T00:00:05.123Z", "attempt": 1],
        ]
    }

    @Test(
        arguments: [
            ("update_memory", ["updates": ["a": nil]]), ("set_status", ["status": "completed"]),
            ("set_status", ["status": "failed", "supervisor_completion_reason": "r"]),
            ("goto_node", ["node_id": "x"]),
            (
                "handoff",
                ["node_id": "w", "supervisor_id": "s", "reasoning": "r", "memory_updates": ["k": 1]]
            ),
            ("request_human_input", [:]),
            (
                "request_human_input",
                ["waiting_for": "human_approval", "timeout_ms": 60000, "pending_approval": ["x": 1]]
            ),
            ("resume_from_human", ["decision": "approved"]),
            ("resume_from_human", ["decision": "edited", "response": nil, "memory_updates": ["k": 1]]),
            ("merge_parallel_results", ["updates": [:], "total_tokens": 9]),
            ("from_the_future", ["any": [1]]),
        ] as [(String, JSONValue)])
    func `an action survives a round trip`(type: String, payload: JSONValue) throws {
        let json = Self.action(type, payload)
        #expect(try WorkflowAction(json: json).json == json)
    }

    @Test func `all of the envelope survives`() throws {
        var json = Self.action("update_memory", ["updates": [:]])
        json["compensation"] = ["type": "undo", "payload": ["x": 1]]
        json["compensation_entries"] = [
            ["action_id": "a", "compensation_action": ["type": "t", "payload": [:]]]
        ]
        json["trace"] = "abc"
        json["metadata"] = [
            "node_id": "n", "agent_id": "a", "timestamp": "2026-01-01T00:00:05.123Z", "attempt": 2,
            "duration_ms": 15,
            "model": "m",
            "token_usage": ["inputTokens": 6, "outputTokens": 4, "totalTokens": 10, "costUsd": 0.5],
            "tool_executions": [["tool": "t"], ["tool": "u", "args": nil, "result": [1]]], "region": "eu",
        ]
        let action = try WorkflowAction(json: json)
        #expect(action.json == json)
        #expect(action.metadata.duration == .milliseconds(15))
        #expect(action.metadata.tokenUsage?.costUSD == 0.5)
    }

    @Test(
        arguments: [
            ("update_memory", [:]), ("update_memory", ["updates": [1]]), ("set_status", ["status": "paused"]),
            ("goto_node", [:]), ("handoff", ["node_id": "w", "reasoning": "r"]),
            ("handoff", ["node_id": "w", "supervisor_id": "s"]), ("resume_from_human", [:]),
            ("request_human_input", ["timeout_ms": "soon"]), ("merge_parallel_results", ["total_tokens": 1]),
            ("set_status", ["status": "failed", "lesson_provenance": ["e": [:]]]),
        ] as [(String, JSONValue)])
    func `a payload that does not fit its type is refused with its place`(type: String, payload: JSONValue) {
        let error = #expect(throws: WorkflowShapeError.self) {
            try WorkflowAction(json: Self.action(type, payload))
        }
        #expect(error?.path.hasPrefix("payload.") == true)
    }

    @Test(arguments: ["id", "type", "payload", "idempotency_key", "metadata"])
    func `an action without a part of its envelope is refused`(key: String) {
        var json = Self.action("goto_node", ["node_id": "x"])
        json[key] = JSONValue?.none
        #expect(throws: WorkflowShapeError(path: key, problem: .missing)) { try WorkflowAction(json: json) }
    }

    @Test func `a time in milliseconds and a missing attempt are read`() throws {
        var json = Self.action("goto_node", ["node_id": "x"])
        json["metadata"] = ["node_id": "n", "timestamp": 1_767_225_605_123]
        let action = try WorkflowAction(json: json)
        #expect(action.metadata.timestamp == testTime(5123))
        #expect(action.metadata.attempt == 1)
    }

    @Test(
        arguments: [
            .start(node: "a"), .resume(ClaimAudit(workerID: "w", claimEpoch: 2, jobID: "j")),
            .advance(to: "b"),
            .incrementIteration(), .incrementIteration(elapsed: .milliseconds(5)), .complete,
            .fail(lastError: "e"),
            .timeOut, .cancel, .trackTokens(total: 10, input: 6, output: 4), .trackCost(usd: 0.25),
            .trackModelUsage(
                ModelUsage(model: "m", nodeID: "n", inputTokens: 6, outputTokens: 4, costUSD: 0.25)),
            .fireCostThreshold(0.5), .budgetExceeded(lastError: "e"),
            .pushCompensation(
                CompensationEntry(actionID: "a", compensation: Compensation(type: "t", payload: ["x": 1]))),
            .popCompensation,
        ] as [InternalDispatch])
    func `a transition survives its payload`(dispatch: InternalDispatch) throws {
        let payload = dispatch.payload(dispatchedAt: testTime(7))
        #expect(payload["_dispatched_at"] == "2026-01-01T00:00:00.007Z")
        #expect(try InternalDispatch(type: dispatch.type, payload: payload) == dispatch)
    }
}
