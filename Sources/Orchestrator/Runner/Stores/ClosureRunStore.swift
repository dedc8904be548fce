public import FoundationEssentials
public import StoreContracts

/// Persists through an event log and a closure, for programs that bring these two.
///
/// A commit appends the step's events in one call, then saves the state. The two are not atomic: recovery finishes a
/// step that was cut between them. A job's disposition is left to the caller.
public struct ClosureRunStore: RunStore {
    private let eventLog: any EventLogWriter
    private let loadState: @Sendable (UUID) async throws -> WorkflowState?
    private let persistState: @Sendable (WorkflowState) async throws -> Void
    private let clock: any StoreClock

    /// Creates a store.
    ///
    /// - Parameters:
    ///   - eventLog: Where events go; without one a resumed run executes its node again.
    ///   - loadState: Finds the newest saved state of a run, if the program can.
    ///   - persistState: Saves a state.
    ///   - clock: Where time comes from.
    public init(
        eventLog: any EventLogWriter = NoopEventLogWriter(),
        loadState: @escaping @Sendable (UUID) async throws -> WorkflowState? = { _ in nil },
        persistState: @escaping @Sendable (WorkflowState) async throws -> Void = { _ in },
        clock: any StoreClock = SystemClock()
    ) {
        self.eventLog = eventLog
        self.loadState = loadState
        self.persistState = persistState
        self.clock = clock
    }

    /// Everything that is needed to go on with a run, read in several calls.
    public func loadPosition(runID: UUID) async throws(StoreError) -> RunPosition {
        let snapshot = try await mapped { try await loadState(runID) }
        let checkpoint = try await eventLog.loadCheckpoint(runID: runID)
        let log = try await eventLog.loadEvents(runID: runID)
        let known = try await eventLog.latestKnownSequence(runID: runID)
        let mark = max(snapshot?.lastEventSequenceID ?? -1, checkpoint?.sequenceID ?? -1)
        let lastAction = log.last { $0.eventType == .actionDispatched }?.sequenceID ?? 0
        return RunPosition(
            run: nil, snapshot: snapshot, checkpoint: checkpoint, latestKnownSequence: max(known, mark),
            events: log.filter { $0.sequenceID >= min(mark + 1, lastAction) },
            started: log.first { $0.eventType == .workflowStarted }, now: clock.now())
    }

    /// False: it knows no queue.
    public var settlesJobs: Bool { false }

    /// Appends the events, then saves the state.
    public func commit(_ commit: RunCommit) async throws(StoreError) -> CommitReceipt {
        try commit.validate()
        try await eventLog.append(commit.events)
        if let state = commit.state { try await mapped { try await persistState(state) } }
        return CommitReceipt(stateVersion: nil)
    }

    /// Writes a checkpoint and deletes the events up to it.
    public func compact(
        state: WorkflowState, claim: RunClaim?, retainCheckpoints: Int
    ) async throws(StoreError) -> Int {
        guard let mark = state.lastEventSequenceID else {
            throw StoreError(.invalidArgument(name: "state"), cause: "it has no event mark")
        }
        return try await eventLog.checkpointAndCompact(runID: state.runID, sequenceID: mark, state: state)
    }

    private func mapped<Value>(_ body: () async throws -> Value) async throws(StoreError) -> Value {
        do {
            return try await body()
        } catch let error as StoreError {
            throw error
        } catch {
            throw StoreError(.unavailable, effect: .unknown, cause: String(describing: error))
        }
    }
}
