import FoundationEssentials
import JSONModel
import Testing

@testable import Orchestrator

struct StateJSONTests {
    @Test func `a new state writes all fields of the shape and no absent optional`() {
        let fields = testState().json.objectValue
        #expect(
            fields?.keys.sorted() == [
                "_cost_alert_thresholds_fired", "active_elapsed_ms", "applied_response_keys",
                "compensation_stack",
                "constraints", "created_at", "goal", "iteration_count", "lesson_provenance",
                "max_execution_time_ms", "max_iterations", "max_retries", "memory", "memory_drops",
                "model_breakdown", "node_breakdown", "policy_approvals", "retry_count", "run_id",
                "state_schema_version", "status", "subgraph_checkpoints", "subgraph_stack",
                "supervisor_counts",
                "supervisor_history", "swarm_handoff_count", "taint_registry", "total_cost_usd",
                "total_input_tokens", "total_output_tokens", "total_tokens_used", "updated_at",
                "visited_nodes",
                "workflow_id",
            ])
        #expect(fields?["state_schema_version"] == 2)
        #expect(fields?["workflow_id"] == "00000000-0000-4000-8000-000000000001")
        #expect(fields?["created_at"] == "2026-01-01T00:00:00.000Z")
    }

    @Test func `a state with every field set survives a round trip through text`() throws {
        let state = Self.fullState
        let text = state.json.jsonText(.canonical)
        let read = try WorkflowState(json: JSONValue(parsing: text))
        #expect(read == state)
        #expect(read.json.jsonText(.canonical) == text)
        #expect(state.json.objectValue?.count == 44)
    }

    @Test func `unknown top-level keys survive load and save`() throws {
        var json = testState().json
        json["from_the_future"] = ["a": [1, nil]]
        json["nothing"] = nil as JSONValue
        let read = try WorkflowState(json: json)
        #expect(read.additionalFields.keys == ["from_the_future", "nothing"])
        #expect(read.json == json)
    }

    @Test func `only workflow id and goal are needed`() throws {
        let json: JSONValue = ["workflow_id": "00000000-0000-4000-8000-000000000001", "goal": ""]
        let read = try WorkflowState(json: json, runID: testID(2), now: testTime(7))
        var expected = WorkflowState(
            workflowID: testID(1), runID: testID(2), goal: "", createdAt: testTime(7))
        #expect(read == expected)
        expected.goal = "other"
        #expect(read != expected)
    }

    @Test func `nulls of optional fields count as absent and nulls in memory stay`() throws {
        var json = testState().json
        for key in ["last_error", "current_node", "started_at", "max_token_budget", "status", "memory_drops"]
        {
            json[key] = .null
        }
        json["memory"] = ["kept": nil]
        let read = try WorkflowState(json: json)
        #expect(read.lastError == nil)
        #expect(read.status == .pending)
        #expect(read.memory == ["kept": nil])
        #expect(read.json["last_error"] == nil)
    }

    @Test func `integers, doubles and large numbers keep their values`() throws {
        var state = testState(memory: ["whole": 3, "exact": 0.1, "negative": -12, "deep": [[nil, "é"]]])
        state.totalTokensUsed = 9_007_199_254_740_992
        let read = try WorkflowState(json: JSONValue(parsing: state.json.jsonText()))
        #expect(read == state)
        #expect(read.memory["whole"]?.intValue == 3)
        var json = state.json
        json["iteration_count"] = try JSONValue(parsing: "3e0")
        json["total_tokens_used"] = try JSONValue(parsing: "1e300")
        let foreign = try WorkflowState(json: json)
        #expect(foreign.iterationCount == 3)
        #expect(foreign.totalTokensUsed == 9_007_199_254_740_992)
    }

    @Test func `the instants of taint and provenance are not reformatted`() throws {
        var json = testState().json
        json["taint_registry"] = ["k": ["source": "mcp_tool", "created_at": "yesterday", "server_id": "s"]]
        json["lesson_provenance"] = ["e": ["node_id": "n", "fact_ids": ["f"], "retrieved_at": "2026-01-01"]]
        #expect(try WorkflowState(json: json).json == json)
    }

    static var fullState: WorkflowState {
        var state = testState(.waiting, memory: ["a": [1, ["b": nil]]])
        state.constraints = ["c"]
        state.lastEventSequenceID = 41
        state.currentNode = "n"
        state.iterationCount = 4
        state.retryCount = 1
        state.maxRetries = 2
        state.lastError = "e"
        state.waitingFor = .externalEvent
        state.waitingSince = testTime(1)
        state.waitingTimeoutAt = testTime(2)
        state.startedAt = testTime(3)
        state.maxExecutionTime = .milliseconds(1500)
        state.taintRegistry = ["t": TaintMetadata(source: "derived", createdAt: "now", details: ["bytes": 3])]
        state.lessonProvenance = [
            "p": LessonProvenanceEntry(nodeID: "n", factIDs: ["f"], retrievedAt: "then")
        ]
        state.pendingApproval = ["node_id": "n"]
        state.policyApprovals = ["n": true]
        state.subgraphCheckpoints = ["s": ["x": 1]]
        state.subgraphStack = ["g"]
        state.swarmHandoffCount = 2
        (state.totalTokensUsed, state.totalInputTokens, state.totalOutputTokens) = (10, 6, 4)
        state.maxTokenBudget = 100
        state.totalCostUSD = 0.25
        state.budgetUSD = 1
        state.costAlertThresholdsFired = [0.5]
        state.nodeBreakdown = ["n": UsageBreakdown(inputTokens: 6, outputTokens: 4, costUSD: 0.25, calls: 1)]
        state.modelBreakdown = ["m": UsageBreakdown(inputTokens: 6, outputTokens: 4, costUSD: 0.25, calls: 1)]
        state.visitedNodes = ["a", "n"]
        state.maxIterations = 9
        state.compensationStack = [
            CompensationEntry(actionID: "a1", compensation: Compensation(type: "x", payload: ["y": 1]))
        ]
        state.supervisorHistory = [
            SupervisorHandoff(
                supervisorID: "sup", delegatedTo: "w", reasoning: "r", iteration: 1, timestamp: testTime(4))
        ]
        state.supervisorCounts = ["sup": 7]
        state.memoryDrops = [
            MemoryDrop(key: "big", reason: .oversized, bytes: 2_000_000, nodeID: "n", timestamp: testTime(5))
        ]
        state.activeElapsed = .milliseconds(77)
        state.appliedResponseKeys = ["job:1"]
        return state
    }
}
