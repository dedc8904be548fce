/// A handler made of a closure.
public struct ClosureHandler: NodeHandler {
    private let body: @Sendable (NodeContext) async throws -> NodeOutcome

    /// Creates a handler.
    public init(_ body: @escaping @Sendable (NodeContext) async throws -> NodeOutcome) {
        self.body = body
    }

    /// Calls the closure.
    public func execute(_ context: NodeContext) async throws -> NodeOutcome {
        try await body(context)
    }
}
