import FoundationEssentials
import JSONModel
import Testing

@testable import Orchestrator

struct HydrationTests {
    @Test func `dates come back as dates, nested ones included`() throws {
        let read = try WorkflowState(json: JSONValue(parsing: StateJSONTests.fullState.json.jsonText()))
        #expect(read.supervisorHistory.first?.timestamp == testTime(4))
        #expect(read.memoryDrops.first?.timestamp == testTime(5))
        #expect(try #require(read.waitingTimeoutAt) < testTime(3))
    }

    @Test func `a version above the current one is refused as newer`() {
        let error = #expect(throws: WorkflowHydrationError.self) {
            try WorkflowState(json: Self.stamped(3))
        }
        #expect(error == .newerVersion(found: 3, supported: 2))
        #expect(error?.description.contains("newer") == true)
    }

    @Test(arguments: [0, -1]) func `a version that no migration leads from is refused`(version: Int) {
        #expect(throws: WorkflowHydrationError.unsupportedVersion(version)) {
            try WorkflowState(json: Self.stamped(version))
        }
    }

    @Test func `anything but a whole object is refused`() {
        #expect(throws: WorkflowHydrationError.notAnObject) { try WorkflowState(json: .null) }
        #expect(throws: WorkflowHydrationError.notAnObject) { try WorkflowState(json: []) }
        #expect(
            throws: WorkflowHydrationError.invalid(WorkflowShapeError(path: "workflow_id", problem: .missing))
        ) {
            try WorkflowState(json: ["goal": "g"])
        }
        #expect(
            throws: WorkflowHydrationError.invalid(
                WorkflowShapeError(path: "workflow_id", problem: .expected("a UUID")))
        ) {
            try WorkflowState(json: ["goal": "g", "workflow_id": "w1"])
        }
    }

    @Test func `an error names the place of the wrong value`() {
        var json = StateJSONTests.fullState.json
        json["supervisor_history"] = [["supervisor_id": "s", "delegated_to": "w", "reasoning": 3]]
        let error = #expect(throws: WorkflowHydrationError.self) { try WorkflowState(json: json) }
        #expect(
            error?.description
                == "invalid workflow state: supervisor_history[0].reasoning must be a string")
    }

    @Test func `an unknown status or reason is refused`() {
        for (key, value) in [("status", "paused"), ("waiting_for", "godot")] {
            var json = testState().json
            json[key] = .string(value)
            #expect(throws: WorkflowHydrationError.self) { try WorkflowState(json: json) }
        }
    }

    @Test func `version 1 keeps engine keys in memory and they are lifted`() throws {
        var json = testState().json
        json["state_schema_version"] = nil as JSONValue?
        json["memory"] = [
            "user": 1, "_other": 2, "_swarm_handoff_count": 3, "_pending_approval": ["node_id": "n"],
            "_policy_approved": ["n": true], "_subgraph_stack": ["g"], "_subgraph_resume_sub": ["x": 1],
            "_taint_registry": ["k": ["source": "mcp_tool", "created_at": "t"]],
            "_lesson_provenance": ["e": ["node_id": "n", "fact_ids": ["f"], "retrieved_at": "t"]],
        ]
        let read = try WorkflowState(json: json)
        #expect(read.memory == ["user": 1, "_other": 2])
        #expect(read.swarmHandoffCount == 3)
        #expect(read.pendingApproval == ["node_id": "n"])
        #expect(read.policyApprovals == ["n": true])
        #expect(read.subgraphStack == ["g"])
        #expect(read.subgraphCheckpoints == ["sub": ["x": 1]])
        #expect(read.taintRegistry.keys.sorted() == ["k"])
        #expect(read.lessonProvenance.keys.sorted() == ["e"])
        #expect(read.schemaVersion == 2)
    }

    @Test func `a handoff count that is no number is removed and lost`() throws {
        var json = testState().json
        json["state_schema_version"] = 1
        json["swarm_handoff_count"] = 5
        json["memory"] = ["_swarm_handoff_count": "3"]
        let read = try WorkflowState(json: json)
        #expect(read.memory.isEmpty)
        #expect(read.swarmHandoffCount == 5)
    }

    @Test func `a state of the current shape stamped 1 hydrates unchanged`() throws {
        var json = StateJSONTests.fullState.json
        json["state_schema_version"] = 1
        #expect(try WorkflowState(json: json) == StateJSONTests.fullState)
    }

    @Test func `supervisor counts come from the history when they are absent`() throws {
        var json = StateJSONTests.fullState.json
        json["supervisor_counts"] = nil as JSONValue?
        #expect(try WorkflowState(json: json).supervisorCounts == ["sup": 1])
    }

    private static func stamped(_ version: Int) -> JSONValue {
        var json = testState().json
        json["state_schema_version"] = .number(version)
        return json
    }
}
