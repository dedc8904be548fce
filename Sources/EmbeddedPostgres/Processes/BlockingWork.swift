import Dispatch

/// Runs work that blocks on processes, files and locks away from the threads of Swift concurrency.
enum BlockingWork {
    /// Runs `body` on a thread of its own and returns what it returns.
    ///
    /// Cancelling the task makes the next `Deadline.check` in `body` throw; the call still waits for `body`.
    static func run<Value: Sendable>(
        within timeout: Duration,
        _ body: @escaping @Sendable (Deadline) throws(EmbeddedPostgresError) -> Value
    ) async throws(EmbeddedPostgresError) -> Value {
        let deadline = Deadline(timeout)
        // A serial queue of its own: a thread that blocks then delays nobody else's work.
        let queue = DispatchQueue(label: "EmbeddedPostgres")
        let result: Result<Value, EmbeddedPostgresError> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                queue.async {
                    do throws(EmbeddedPostgresError) {
                        continuation.resume(returning: .success(try body(deadline)))
                    } catch {
                        continuation.resume(returning: .failure(error))
                    }
                }
            }
        } onCancel: {
            deadline.cancellation.cancel()
        }
        return try result.get()
    }
}
