public import FoundationEssentials
public import Orchestrator
internal import PostgresWire
public import StoreContracts

extension PostgresEventLogWriter {
    /// How often an append is sent again after events of it were found in the log.
    private static let maximumAttempts = 3

    /// Appends events of one or several runs, all or none: one statement for all events.
    ///
    /// An event whose id is already stored with the same content counts as appended. Locks: the rows of the runs, FOR
    /// SHARE when fenced (a new claim waits), else FOR KEY SHARE (nothing but deletion waits).
    ///
    /// - Throws: `staleClaim`, `missingRunRecord` (table `workflow_events`), `tenantConflict`,
    ///   `eventSequenceConflict`, `invalidArgument` for a negative sequence.
    public func append(_ events: [NewWorkflowEvent]) async throws(StoreError) {
        var fresh = events.map(\.storable)
        for event in fresh {
            try checkClaim(event.runID)
            guard event.sequenceID >= 0 else {
                throw StoreError(.invalidArgument(name: "sequence_id"), cause: "it is negative")
            }
        }
        for _ in 0..<Self.maximumAttempts {
            guard !fresh.isEmpty else { return }
            do {
                _ = try await plane.run(statements(for: fresh))
                return
            } catch {
                switch error.sqlState {
                case SQLState.runRefused, SQLState.uniqueViolation, SQLState.foreignKeyViolation:
                    fresh = try await unstored(fresh, after: error)
                default: throw plane.mapped(error)
                }
            }
        }
        // An id that the tenant cannot see, or somebody who keeps taking the same places.
        guard let first = fresh.first else { return }
        throw StoreError(.eventSequenceConflict(runID: first.runID, sequenceID: first.sequenceID))
    }

    private func statements(for events: [NewWorkflowEvent]) -> [PostgresQuery] {
        guard let claim else { return [EventSQL.insertChecked(events, plane)] }
        let write = RunWrite(runID: claim.runID, claim: claim, table: "workflow_events")
        return [RunSQL.share(write, plane), EventSQL.insert(events, plane)]
    }

    /// The events that are not in the log yet, after an append was refused.
    private func unstored(
        _ events: [NewWorkflowEvent], after error: PostgresError
    ) async throws(StoreError) -> [NewWorkflowEvent] {
        let diagnosis = RunDiagnosis(plane)
        for runID in Set(events.map(\.runID)) {
            let write = RunWrite(runID: runID, claim: claim, table: "workflow_events")
            if let objection = try await diagnosis.objection(to: write) { throw objection }
        }
        guard error.sqlState == SQLState.uniqueViolation else { throw plane.mapped(error) }
        let stored = try WorkflowEvent.read(try await plane.read(EventSQL.stored(events, plane)))
        return try StoredEvents(stored).fresh(among: events)
    }

    /// Stores the state after event `sequenceID`, then keeps only the newest checkpoints of the run.
    ///
    /// A checkpoint at the same sequence is replaced. Locks: the run's row, FOR NO KEY UPDATE.
    ///
    /// - Throws: `staleClaim`, `missingRunRecord` (table `workflow_checkpoints`), `tenantConflict`.
    public func checkpoint(runID: UUID, sequenceID: Int, state: WorkflowState) async throws(StoreError) {
        _ = try await write(
            runID,
            CheckpointSQL.write(
                state, runID: runID, sequenceID: sequenceID, retain: retainCheckpoints, plane))
    }

    /// Deletes the events of the run with a sequence up to and including `sequenceID`; returns how many.
    ///
    /// Locks: the run's row, FOR NO KEY UPDATE.
    ///
    /// - Throws: `staleClaim`; `compactionBeyondCheckpoint`.
    public func compact(runID: UUID, through sequenceID: Int) async throws(StoreError) -> Int {
        do throws(StoreError) {
            let results = try await write(
                runID,
                [
                    EventSQL.requireCheckpoint(runID, through: sequenceID, plane),
                    EventSQL.delete(runID, through: sequenceID, plane),
                ])
            return results[1].command.rows ?? 0
        } catch {
            switch error.code {
            case .missingRunRecord, .tenantConflict: return 0
            case .compactionBeyondCheckpoint:
                let newest = try await plane.read(CheckpointSQL.latestSequence(runID, plane))
                    .firstCell(Int.self, in: "workflow_checkpoints")
                throw StoreError(
                    .compactionBeyondCheckpoint(runID: runID, through: sequenceID, checkpoint: newest))
            default: throw error
            }
        }
    }

    /// Writes a checkpoint and deletes the events up to it, in one transaction; returns how many were deleted.
    ///
    /// Locks: the run's row, FOR NO KEY UPDATE.
    ///
    /// - Throws: as `checkpoint(runID:sequenceID:state:)`.
    public func checkpointAndCompact(
        runID: UUID, sequenceID: Int, state: WorkflowState
    ) async throws(StoreError) -> Int {
        let results = try await write(
            runID,
            CheckpointSQL.write(
                state, runID: runID, sequenceID: sequenceID, retain: retainCheckpoints, plane)
                + [EventSQL.delete(runID, through: sequenceID, plane)])
        return results.last?.command.rows ?? 0
    }

    /// Takes the run's row, then runs the statements; returns the rows of these.
    private func write(
        _ runID: UUID, _ queries: [PostgresQuery]
    ) async throws(StoreError) -> [PostgresRows] {
        try checkClaim(runID)
        let write = RunWrite(runID: runID, claim: claim, table: "workflow_checkpoints")
        do {
            return Array(try await plane.run([RunSQL.take(write, plane)] + queries).dropFirst())
        } catch {
            switch error.sqlState {
            case SQLState.runRefused: throw await RunDiagnosis(plane).reason(for: write)
            case SQLState.requestRefused:
                throw StoreError(
                    .compactionBeyondCheckpoint(runID: runID, through: 0, checkpoint: nil))
            default: throw plane.mapped(error)
            }
        }
    }

    private func checkClaim(_ runID: UUID) throws(StoreError) {
        guard let claim, claim.runID != runID else { return }
        throw StoreError(
            .notPermitted, cause: "the claim is of run \(claim.runID.text), the write of \(runID.text)")
    }
}
