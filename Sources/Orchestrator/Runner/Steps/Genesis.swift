package import FoundationEssentials
package import JSONModel

/// The configuration of a run in its `workflow_started` event, and the state that a replay builds from it.
package enum Genesis {
    /// The payload for a run that starts from `state`.
    static func payload(of state: WorkflowState) -> JSONObject {
        let json = state.json
        var config: JSONObject = [:]
        for key in ["goal", "constraints", "max_iterations", "max_execution_time_ms", "max_retries"] {
            config[key] = json[key]
        }
        if !state.memory.isEmpty { config["memory"] = json["memory"] }
        for key in ["max_token_budget", "budget_usd"] { config[key] = json[key] }
        var payload: JSONObject = [
            "replay_version": .number(ReplayVersion.current), "config": .object(config),
            "created_at": .string(state.createdAt.wireText),
        ]
        if !state.taintRegistry.isEmpty { payload["taint_registry"] = json["taint_registry"] }
        // A start that the configuration does not describe is kept whole, or a replay could not reach it.
        if replayedJSON(payload, of: state) != json { payload["initial_state"] = json }
        return payload
    }

    private static func replayedJSON(_ payload: JSONObject, of state: WorkflowState) -> JSONValue? {
        let replayed = try? Genesis.state(
            payload: payload, graphID: state.workflowID, runID: state.runID, firstEvent: state.createdAt)
        return replayed?.json
    }

    /// The state that a log without snapshots starts from; defaults where the payload says nothing.
    ///
    /// - Throws: `WorkflowHydrationError` if the payload's values have the wrong shape.
    package static func state(
        payload: JSONObject?, graphID: UUID, runID: UUID, firstEvent: Date
    ) throws(WorkflowHydrationError) -> WorkflowState {
        if let whole = payload?["initial_state"] { return try WorkflowState(json: whole, runID: runID) }
        var fields = payload?["config"]?.objectValue ?? [:]
        if fields["goal"] == nil { fields["goal"] = "" }
        fields["taint_registry"] = payload?["taint_registry"]
        fields["workflow_id"] = .string(graphID.uuidString.lowercased())
        fields["run_id"] = .string(runID.uuidString.lowercased())
        fields["state_schema_version"] = .number(WorkflowState.currentSchemaVersion)
        let created = payload?["created_at"] ?? .string(firstEvent.wireText)
        fields["created_at"] = created
        fields["updated_at"] = created
        return try WorkflowState(json: .object(fields), runID: runID)
    }

    /// A start state as it is before anything was logged.
    static func pending(_ state: WorkflowState) -> WorkflowState {
        var pending = state
        pending.lastEventSequenceID = nil
        return pending
    }
}
