import Locking
public import StoreContracts

/// The step transaction of the in-memory run store: effects that happen only if the step is committed.
public final class InMemoryStepTransaction: StepTransaction {
    private let store: InMemoryStore
    private let tenant: TenantID
    private let effects = Lock<[@Sendable () -> Void]>([])

    init(store: InMemoryStore, tenant: TenantID) {
        self.store = store
        self.tenant = tenant
    }

    /// This object.
    public var handle: any Sendable { self }

    /// Adds an effect that runs right after the step's commit, and never if there is none.
    public func onCommit(_ effect: @escaping @Sendable () -> Void) {
        effects.withLock { $0.append(effect) }
    }

    /// Runs one attempt; the effects that a failed attempt added are dropped.
    public func attempt<Result: Sendable>(
        _ body: @Sendable () async throws -> Result
    ) async throws -> Result {
        let count = effects.withLock { $0.count }
        do {
            return try await body()
        } catch {
            effects.withLock { $0.removeLast(max(0, $0.count - count)) }
            throw error
        }
    }

    /// Commits the step, then runs the effects; a step that was committed already has had its effects.
    public func commit(_ commit: RunCommit) async throws(StoreError) -> CommitReceipt {
        let receipt = try store.write { (tables, now) throws(StoreError) in
            try tables.commit(commit, tenant: tenant, now: now)
        }
        let due = effects.withLock { effects in
            defer { effects.removeAll() }
            return effects
        }
        if !receipt.wasReplayed { for effect in due { effect() } }
        return receipt
    }
}
