public import StoreContracts

/// The open transaction of one step, lent to a transactional handler.
///
/// What the handler writes through `handle` and the step itself become durable together, or neither does.
public protocol StepTransaction: Sendable {
    /// The adapter's own object, on PostgreSQL its connection. Adapters offer a typed property for it.
    var handle: any Sendable { get }

    /// Why the transaction can no longer be committed, as when its connection was lost; nil while it can.
    ///
    /// The step then begins anew in another transaction: what the handler wrote is gone, and no attempt of the node
    /// is counted. It is a passing error (`isTransient`).
    var failure: StoreError? { get }

    /// Runs one attempt of the handler on a savepoint; what a failed attempt wrote is taken back.
    func attempt<Result: Sendable>(
        _ body: @Sendable () async throws -> Result
    ) async throws -> Result

    /// Writes the step as the last thing in the transaction; call it once, then return from the body.
    ///
    /// Only here the run row is locked and the fence checked, so a long handler blocks neither claims, nor
    /// heartbeats, nor cancellation.
    ///
    /// - Throws: as `RunStore.commit(_:)`.
    func commit(_ commit: RunCommit) async throws(StoreError) -> CommitReceipt
}
