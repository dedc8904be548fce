public import FoundationEssentials
internal import JSONModel
public import Orchestrator
internal import PostgresWire
public import StoreContracts

extension PostgresRunStore {
    /// Everything that is needed to go on with a run: one round trip, no locks, one consistent view.
    ///
    /// - Throws: `corruptRecord`, `newerVersion` if a state cannot be loaded.
    public func loadPosition(runID: UUID) async throws(StoreError) -> RunPosition {
        let results: [PostgresRows]
        do {
            // Only a transaction of this isolation shows all statements the same rows.
            results = try await plane.runner.send([
                "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY", plane.setting,
                RunSQL.load(runID, plane), StateSQL.latest(runID, plane),
                CheckpointSQL.latest(runID, plane), EventSQL.latestKnown(runID, plane),
                PositionSQL.events(runID, plane), PositionSQL.started(runID, plane), "COMMIT",
            ])
        } catch {
            throw StoreError(mapping: error, isRead: true)
        }
        let snapshot = try results[3].firstCell(JSONValue.self, in: "workflow_states")
        let latest = try results[5].stored((Int, Date).self, in: "workflow_events").first
        return RunPosition(
            run: try WorkflowRunRecord.read(results[2]).first,
            snapshot: try snapshot.map { json throws(StoreError) in
                try WorkflowState(stored: json, table: "workflow_states", runID: runID)
            },
            checkpoint: try Checkpoint.read(results[4], runID: runID),
            latestKnownSequence: latest?.0 ?? -1,
            events: try WorkflowEvent.read(results[6]),
            started: try WorkflowEvent.read(results[7]).first,
            now: latest?.1 ?? Date())
    }
}
