/// The caller's business in a node: a model call, a tool, anything.
///
/// A handler may run again for the same step after a crash or a failed attempt: execution is at least once, recording
/// is exactly once. Give `context.stepKey` to whatever it changes, or use a ``TransactionalNodeHandler``.
public protocol NodeHandler: Sendable {
    /// Executes the node and says what it found.
    ///
    /// - Throws: anything; the node's failure policy decides about further attempts. An error that conforms to
    ///   ``RetryClassifying`` can forbid them, one that conforms to ``UsageReporting`` can report what was spent.
    func execute(_ context: NodeContext) async throws -> NodeOutcome
}
