public import FoundationEssentials
public import StoreContracts

extension EventLogWriter {
    /// Appends one event; see `append(_:)` with an array.
    public func append(_ event: NewWorkflowEvent) async throws(StoreError) {
        try await append([event])
    }

    /// All events of a run, ascending.
    public func loadEvents(runID: UUID) async throws(StoreError) -> [WorkflowEvent] {
        try await loadEvents(runID: runID, after: -1, limit: nil)
    }

    /// The events of a run with a sequence strictly greater than `sequenceID`, ascending.
    public func loadEventsAfter(runID: UUID, sequenceID: Int) async throws(StoreError) -> [WorkflowEvent] {
        try await loadEvents(runID: runID, after: sequenceID, limit: nil)
    }
}
