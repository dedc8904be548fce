public import FoundationEssentials
public import StoreContracts

/// Commits steps in memory, with the semantics of the PostgreSQL run store.
public struct InMemoryRunStore: RunStore {
    /// The rows, shared with the other in-memory adapters.
    public let store: InMemoryStore
    private let tenant: TenantID

    /// Creates a run store; one without a store gets an empty one of its own.
    public init(store: InMemoryStore = InMemoryStore(), tenant: TenantID = .seed) {
        self.store = store
        self.tenant = tenant
    }

    /// Everything that is needed to go on with a run.
    public func loadPosition(runID: UUID) async throws(StoreError) -> RunPosition {
        try store.read { (tables, now) throws(StoreError) in
            try tables.position(runID, tenant: tenant, now: now)
        }
    }

    /// Commits one step: one transaction, and on PostgreSQL one pipelined network round trip.
    public func commit(_ commit: RunCommit) async throws(StoreError) -> CommitReceipt {
        try store.write { (tables, now) throws(StoreError) in
            try tables.commit(commit, tenant: tenant, now: now)
        }
    }

    /// Writes a checkpoint at the state's mark, prunes older checkpoints and deletes the events up to it.
    public func compact(
        state: WorkflowState, claim: RunClaim?, retainCheckpoints: Int
    ) async throws(StoreError) -> Int {
        try store.write { (tables, now) throws(StoreError) in
            try tables.compact(
                state: state, claim: claim, retain: retainCheckpoints, tenant: tenant, now: now)
        }
    }

    /// True: effects that a handler adds to its step happen when the step is committed.
    public var supportsStepTransactions: Bool { true }

    /// Lends `body` an `InMemoryStepTransaction`.
    public func withStepTransaction<Result: Sendable>(
        runID: UUID, claim: RunClaim?,
        _ body: @escaping @Sendable (any StepTransaction) async throws -> Result
    ) async throws -> Result {
        try await body(InMemoryStepTransaction(store: store, tenant: tenant))
    }
}
