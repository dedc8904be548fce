import JSONModel

/// Brings stored states of older shapes to the current one.
enum StateMigration {
    /// Where version 1 kept engine data inside `memory`, and the field that holds it now.
    private static let lifted = [
        "_taint_registry": "taint_registry",
        "_lesson_provenance": "lesson_provenance",
        "_pending_approval": "pending_approval",
        "_policy_approved": "policy_approvals",
        "_subgraph_stack": "subgraph_stack",
        "_swarm_handoff_count": "swarm_handoff_count",
    ]

    /// Returns the fields of a state of the current version, stamped with it.
    static func migrated(_ json: JSONValue) throws(WorkflowHydrationError) -> JSONObject {
        guard case .object(var fields) = json else { throw .notAnObject }
        let current = WorkflowState.currentSchemaVersion
        var version = 1
        if case .number? = fields["state_schema_version"], let json = fields["state_schema_version"] {
            guard let stamped = try? Int(json: json) else { throw .unsupportedVersion(0) }
            version = stamped
        }
        if version > current { throw .newerVersion(found: version, supported: current) }
        if version < 1 { throw .unsupportedVersion(version) }
        if version < 2 { liftEngineKeys(&fields) }
        fields["state_schema_version"] = current.json
        return fields
    }

    /// Moves engine keys out of `memory`; a key that is not there leaves its field alone, unknown keys stay.
    private static func liftEngineKeys(_ fields: inout JSONObject) {
        guard case .object(var memory)? = fields["memory"] else { return }
        for (key, field) in lifted {
            guard let value = memory.removeValue(forKey: key), value != .null else { continue }
            if key == "_swarm_handoff_count" {
                guard case .number = value else { continue }
            }
            fields[field] = value
        }
        let checkpoints = memory.filter { $0.key.hasPrefix(MemoryRouting.checkpointPrefix) }
        if !checkpoints.isEmpty {
            var lifted: JSONObject = [:]
            if case .object(let existing)? = fields["subgraph_checkpoints"] { lifted = existing }
            for (key, value) in checkpoints {
                memory[key] = nil
                lifted[String(key.dropFirst(MemoryRouting.checkpointPrefix.count))] = value
            }
            fields["subgraph_checkpoints"] = .object(lifted)
        }
        fields["memory"] = .object(memory)
    }
}
