import StoreContracts

/// A handler whose writes and whose step become durable in one transaction: its effects happen exactly once.
///
/// Each attempt runs on a savepoint of its own. Not for workers of a map.
public protocol TransactionalNodeHandler: NodeHandler {
    /// Executes the node inside the transaction that commits the step.
    func execute(_ context: NodeContext, in transaction: any StepTransaction) async throws -> NodeOutcome
}

extension TransactionalNodeHandler {
    /// Throws `unsupported`: this handler needs the step's transaction.
    public func execute(_ context: NodeContext) async throws -> NodeOutcome {
        throw StoreError(
            .unsupported(capability: "step transaction here"),
            remedy: "Use a store with step transactions, and no transactional handler as a worker of a map.")
    }
}
