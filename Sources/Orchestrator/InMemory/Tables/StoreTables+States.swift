import FoundationEssentials
import JSONModel
import StoreContracts

extension StoreTables {
    /// Adds the next version of a state; returns the version.
    mutating func addState(_ state: WorkflowState, tenant: TenantID, now: Date) -> Int {
        let version = (states[state.runID]?.last?.version ?? 0) + 1
        let entry = StateHistoryEntry(
            version: version, statusText: state.status.rawValue, currentNode: state.currentNode,
            createdAt: stamp(now), totalTokensUsed: Double(state.totalTokensUsed))
        states[state.runID, default: []].append(
            StateRow(
                version: version, state: state.json.storable.jsonBytes(), mark: state.lastEventSequenceID,
                entry: entry,
                tenantID: tenant))
        return version
    }

    func latestState(_ runID: UUID, tenant: TenantID) throws(StoreError) -> WorkflowState? {
        guard run(runID, tenant: tenant) != nil, let row = states[runID]?.last else { return nil }
        return try Self.hydrate(row.state, table: "workflow_states", runID: runID)
    }

    func latestCheckpoint(_ runID: UUID, tenant: TenantID) throws(StoreError) -> Checkpoint? {
        guard run(runID, tenant: tenant) != nil, let row = checkpoints[runID]?.last else { return nil }
        let state = try Self.hydrate(row.state, table: "workflow_checkpoints", runID: runID)
        return Checkpoint(runID: runID, sequenceID: row.sequenceID, state: state, createdAt: row.createdAt)
    }

    private static func hydrate(
        _ bytes: [UInt8], table: String, runID: UUID
    ) throws(StoreError) -> WorkflowState {
        let json: JSONValue
        do {
            json = try JSONValue(parsing: bytes, limits: JSONLimits(depth: JSONLimits.maximumDepth))
        } catch {
            throw StoreError(.corruptRecord(table: table, id: runID.text), cause: "\(error)")
        }
        do {
            return try WorkflowState(json: json, runID: runID)
        } catch .newerVersion(let found, let supported) {
            throw StoreError(.newerVersion(found: found, supported: supported))
        } catch {
            throw StoreError(.corruptRecord(table: table, id: runID.text), cause: error.description)
        }
    }

    /// Writes a checkpoint, replacing one at the same sequence, and keeps the newest.
    mutating func addCheckpoint(
        _ state: WorkflowState, runID: UUID, sequenceID: Int, retain: Int, now: Date
    ) {
        var rows = checkpoints[runID] ?? []
        rows.removeAll { $0.sequenceID == sequenceID }
        let row = CheckpointRow(
            sequenceID: sequenceID, state: state.json.storable.jsonBytes(), createdAt: stamp(now))
        rows.insert(row, at: rows.firstIndex { $0.sequenceID > sequenceID } ?? rows.count)
        rows.removeFirst(max(0, rows.count - retain))
        checkpoints[runID] = rows
    }
}
