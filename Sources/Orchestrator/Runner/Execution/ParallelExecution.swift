/// Runs many bodies, a bounded number of them at a time; a slot that frees takes the next index.
enum ParallelExecution {
    /// Runs `body` for the indices, at most `limit` at a time, and returns the results in the order of the indices.
    ///
    /// With `failFast` the first failure keeps further ones from starting; those that run settle first.
    ///
    /// - Throws: an `InfrastructureFailure`, which stops the rest; the first failure, with `failFast`; `CancellationError` if the task was cancelled.
    static func run<Value: Sendable>(
        indices: [Int], limit: Int, failFast: Bool,
        _ body: @escaping @Sendable (Int) async throws -> Value
    ) async throws -> [(index: Int, result: Result<Value, any Error>)] {
        var results: [(index: Int, result: Result<Value, any Error>)] = []
        var firstFailure: (any Error)?
        var mustStop = false
        await withTaskGroup(of: (Int, Result<Value, any Error>).self) { group in
            var waiting = indices.makeIterator()
            func start() {
                guard !Task.isCancelled, !mustStop, let index = waiting.next() else { return }
                group.addTask { (index, await result(of: body, index)) }
            }
            for _ in 0..<max(1, min(limit, indices.count)) { start() }
            while let (index, result) = await group.next() {
                if case .failure(let error) = result {
                    if error is InfrastructureFailure {
                        firstFailure = error
                        group.cancelAll()
                    }
                    firstFailure = firstFailure ?? error
                    mustStop = mustStop || failFast || error is InfrastructureFailure
                }
                results.append((index, result))
                start()
            }
        }
        if let firstFailure, firstFailure is InfrastructureFailure { throw firstFailure }
        try Task.checkCancellation()
        if failFast, let firstFailure { throw firstFailure }
        return results.sorted { $0.index < $1.index }
    }

    private static func result<Value>(
        of body: @Sendable (Int) async throws -> Value, _ index: Int
    ) async -> Result<Value, any Error> {
        do {
            return .success(try await body(index))
        } catch {
            return .failure(error)
        }
    }
}
