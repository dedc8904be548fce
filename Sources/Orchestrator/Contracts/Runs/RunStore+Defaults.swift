public import FoundationEssentials
import StoreContracts

extension StepTransaction {
    /// Nil: a transaction that is open can be committed.
    public var failure: StoreError? { nil }
}

extension RunStore {
    /// True.
    public var settlesJobs: Bool { true }

    /// False: handlers of this store get no transaction.
    public var supportsStepTransactions: Bool { false }

    /// Throws `unsupported`.
    public func withStepTransaction<Result: Sendable>(
        runID: UUID, claim: RunClaim?,
        _ body: @escaping @Sendable (any StepTransaction) async throws -> Result
    ) async throws -> Result {
        throw StoreError(.unsupported(capability: "step transactions"))
    }
}
