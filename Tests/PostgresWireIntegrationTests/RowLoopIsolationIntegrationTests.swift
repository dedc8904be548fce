import Dispatch
import Locking
import PostgresWire
import TestSupport
import Testing

/// A loop over rows in an actor stays in the actor while rows are there: a change of executor a row would cost more
/// than the row.
@Suite struct RowLoopIsolationIntegrationTests {
    /// An executor that counts the jobs it was given.
    private final class CountingExecutor: SerialExecutor {
        private let queue = DispatchQueue(label: "counting")
        private let count = Lock(0)

        var jobs: Int { count.withLock { $0 } }

        func enqueue(_ job: consuming ExecutorJob) {
            count.withLock { $0 += 1 }
            let job = UnownedJob(job)
            queue.async { [self] in job.runSynchronously(on: asUnownedSerialExecutor()) }
        }

        func checkIsolated() { dispatchPrecondition(condition: .onQueue(queue)) }
    }

    private actor Reader {
        let executor = CountingExecutor()

        nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

        func sum(_ rows: PostgresRowSequence) async throws -> (rows: Int, sum: Int) {
            var (count, sum) = (0, 0)
            for try await row in rows {
                count += 1
                sum += try row.decode(Int.self)
            }
            return (count, sum)
        }
    }

    @Test func `an actor is given a job for a batch of rows and not for a row`() async throws {
        try await withOneConnection { connection in
            let reader = Reader()
            let rows = try await connection.query("SELECT generate_series(1, 50000) AS n")
            let total = try await reader.sum(rows)
            #expect(total.rows == 50_000)
            #expect(total.sum == 1_250_025_000)
            // 50,000 rows are about a megabyte and come in a few hundred reads at most.
            #expect(reader.executor.jobs < 2_000)
        }
    }
}
