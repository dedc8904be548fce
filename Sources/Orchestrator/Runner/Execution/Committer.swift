import Locking
import StoreContracts

/// Commits with retries: the identical commit again after a passing failure, until too many came in a row.
final class Committer: Sendable {
    private let store: any RunStore
    private let options: RunnerOptions
    private let control: RunControl
    private let strikes = Lock(0)

    init(store: any RunStore, options: RunnerOptions, control: RunControl) {
        self.store = store
        self.options = options
        self.control = control
    }

    /// Commits.
    ///
    /// - Throws: `StoreError` of a lasting kind; `persistenceUnavailable`; `AbandonedRun`.
    func commit(_ commit: RunCommit) async throws -> CommitReceipt {
        try await retrying { [store] () async throws(StoreError) in try await store.commit(commit) }
    }

    /// Repeats a call after passing failures, with growing waits.
    func retrying<Value: Sendable>(
        _ body: () async throws(StoreError) -> Value
    ) async throws -> Value {
        while true {
            if control.request == .abandon { throw AbandonedRun() }
            do throws(StoreError) {
                let value = try await body()
                succeeded()
                return value
            } catch {
                if case .cancelled = error.code { throw AbandonedRun() }
                guard error.isTransient else { throw error }
                try await strike(error)
            }
        }
    }

    /// The store works: failures before are not in a row with those that come.
    func succeeded() { strikes.withLock { $0 = 0 } }

    /// Counts a passing failure and waits before the next try.
    ///
    /// - Throws: `persistenceUnavailable` at the limit; `AbandonedRun` if the wait was cut.
    func strike(_ error: StoreError) async throws {
        let count = strikes.withLock { strikes in
            strikes += 1
            return strikes
        }
        guard count < max(1, options.commitRetryLimit) else {
            throw WorkflowError.persistenceUnavailable(cause: error)
        }
        let longest = min(Duration.milliseconds(50) * (1 << min(count - 1, 6)), .seconds(2))
        do {
            try await options.clock.sleep(for: longest * options.random())
        } catch {
            throw AbandonedRun()
        }
    }
}
