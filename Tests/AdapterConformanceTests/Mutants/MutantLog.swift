import FoundationEssentials
import JSONModel
import Orchestrator
import StoreContracts

/// An event log with one planted bug.
struct MutantLog: EventLogWriter {
    enum Bug: String, CaseIterable, Sendable {
        case conflictsAreSilent, batchIsNotAtomic, afterIsInclusive, compactsBeyondTheAnchor
        case latestForgetsAnchors, withoutFence, retriesConflict, limitIsIgnored, dropsTheAction
        case keepsNoAnchorBackwards, knownForgetsSnapshots, eventsAreDescending
    }

    let bug: Bug
    let inner: any EventLogWriter

    func append(_ events: [NewWorkflowEvent]) async throws(StoreError) {
        switch bug {
        case .conflictsAreSilent:
            do {
                try await inner.append(events)
            } catch {
                guard case .eventSequenceConflict = error.code else { throw error }
            }
        case .batchIsNotAtomic:
            for event in events { try await inner.append([event]) }
        case .retriesConflict:
            for event in events {
                let taken = try await inner.loadEvents(runID: event.runID)
                if taken.contains(where: { $0.id == event.id }) {
                    throw StoreError(
                        .eventSequenceConflict(runID: event.runID, sequenceID: event.sequenceID))
                }
            }
            try await inner.append(events)
        case .dropsTheAction:
            let bare = events.map { event in
                var bare = event
                bare.action = nil
                return bare
            }
            try await inner.append(bare)
        default: try await inner.append(events)
        }
    }

    func loadEvents(
        runID: UUID, after sequenceID: Int, limit: Int?
    ) async throws(StoreError) -> [WorkflowEvent] {
        let events = try await inner.loadEvents(
            runID: runID, after: bug == .afterIsInclusive ? sequenceID - 1 : sequenceID,
            limit: bug == .limitIsIgnored ? nil : limit)
        return bug == .eventsAreDescending ? events.reversed() : events
    }

    func getLatestSequenceID(runID: UUID) async throws(StoreError) -> Int {
        guard bug == .latestForgetsAnchors else { return try await inner.getLatestSequenceID(runID: runID) }
        return try await inner.loadEvents(runID: runID).last?.sequenceID ?? -1
    }

    func latestKnownSequence(runID: UUID) async throws(StoreError) -> Int {
        guard bug == .knownForgetsSnapshots else { return try await inner.latestKnownSequence(runID: runID) }
        return try await inner.getLatestSequenceID(runID: runID)
    }

    func checkpoint(runID: UUID, sequenceID: Int, state: WorkflowState) async throws(StoreError) {
        if bug == .keepsNoAnchorBackwards, let newest = try await inner.loadCheckpoint(runID: runID),
            newest.sequenceID > sequenceID
        {
            // The one written last wins, whatever its sequence.
            return try await inner.checkpoint(runID: runID, sequenceID: newest.sequenceID, state: state)
        }
        try await inner.checkpoint(runID: runID, sequenceID: sequenceID, state: state)
    }

    func loadCheckpoint(runID: UUID) async throws(StoreError) -> Checkpoint? {
        try await inner.loadCheckpoint(runID: runID)
    }

    func compact(runID: UUID, through sequenceID: Int) async throws(StoreError) -> Int {
        do {
            return try await inner.compact(runID: runID, through: sequenceID)
        } catch {
            guard bug == .compactsBeyondTheAnchor, case .compactionBeyondCheckpoint = error.code else {
                throw error
            }
            return sequenceID + 1
        }
    }

    func checkpointAndCompact(
        runID: UUID, sequenceID: Int, state: WorkflowState
    ) async throws(StoreError) -> Int {
        try await inner.checkpointAndCompact(runID: runID, sequenceID: sequenceID, state: state)
    }
}
