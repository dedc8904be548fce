internal import Dispatch
internal import StoreContracts

/// Where this module waits for files: never on a thread of Swift concurrency, nor on the global queues.
enum BlockingWork {
    /// Runs work that may block on a thread of its own.
    static func run<Result: Sendable>(
        _ work: @escaping @Sendable () throws(StoreError) -> Result
    ) async throws(StoreError) -> Result {
        let outcome: Swift.Result<Result, StoreError> = await withCheckedContinuation { continuation in
            // A serial queue has a thread of its own while it works; a concurrent one shares the global pool.
            DispatchQueue(label: "OrchestratorPostgres.files").async {
                do throws(StoreError) {
                    continuation.resume(returning: .success(try work()))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
        }
        return try outcome.get()
    }
}
