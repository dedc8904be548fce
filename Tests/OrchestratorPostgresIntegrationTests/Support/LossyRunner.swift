import Locking
import PostgresWire

@testable import OrchestratorPostgres

/// Counts what is sent, and loses the answers to some commits: they are durable, but the caller does not know.
final class LossyRunner: BatchRunner {
    private struct State {
        var sends = 0
        var commits = 0
    }

    private let inner: any BatchRunner
    private let losesEvery: Int?
    private let state = Lock(State())

    init(_ inner: any BatchRunner, losesEvery: Int? = nil) {
        self.inner = inner
        self.losesEvery = losesEvery
    }

    /// How many round trips there were.
    var sends: Int { state.withLock { $0.sends } }

    func send(_ queries: [PostgresQuery]) async throws(PostgresError) -> [PostgresRows] {
        let isCommit = queries.contains { $0.sql.hasPrefix("INSERT INTO \"public\".\"workflow_events\"") }
        let isLost = state.withLock { state in
            state.sends += 1
            if isCommit { state.commits += 1 }
            return isCommit && losesEvery.map { state.commits % $0 == 0 } ?? false
        }
        let results = try await inner.send(queries)
        if isLost { throw PostgresError(.connectionFailed, effect: .unknown, reason: "the answer was lost") }
        return results
    }
}
