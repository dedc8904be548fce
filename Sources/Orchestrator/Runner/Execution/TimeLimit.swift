import StoreContracts

/// Runs a body for a limited time.
enum TimeLimit {
    /// Runs `body`; when the limit passes, cancels it and throws at once.
    ///
    /// - Throws: what `body` throws; `nodeTimedOut` after the limit.
    static func run<Value: Sendable>(
        _ limit: Duration?, driver: NodeDriver, node: String,
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        guard let limit else { return try await body() }
        let control = RunControl(parent: driver.control)
        let ending = await withTaskCancellationHandler {
            await BoundedExecution.run(limit: limit, clock: driver.options.clock, control: control, body)
        } onCancel: {
            control.send(.cancel)
        }
        switch ending {
        case .finished(let result): return try result.get()
        case .timedOut: throw WorkflowError.nodeTimedOut(nodeID: node, limit: limit)
        case .abandoned: throw CancellationError()
        }
    }
}
