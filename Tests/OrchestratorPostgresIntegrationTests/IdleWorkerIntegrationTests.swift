import FoundationEssentials
import Locking
import Orchestrator
import OrchestratorPostgres
import PostgresWire
import StoreContracts
import TestSupport
import Testing

/// What a worker costs that has nothing to do, and how late it is when nobody tells it of a job.
@Suite struct IdleWorkerIntegrationTests {
    /// Notes the texts of all calls of a pool.
    private final class Calls: ClientObserver {
        private let texts = Lock<[String]>([])
        var all: [String] { texts.withLock { $0 } }

        func observe(_ event: ClientEvent) {
            guard case .queryStarted(let query) = event else { return }
            texts.withLock { $0.append(query.text ?? "") }
        }
    }

    private func options(polling interval: Duration) -> WorkerOptions {
        var options = WorkerOptions(workerID: "idle")
        options.pollInterval = interval
        options.reclaimInterval = interval * 3
        return options
    }

    @Test func `an idle worker makes one call per poll interval, the claim, and nothing else`() async throws {
        try await TestServer.withDatabase(.migrated(dimensions: 8)) { database async throws in
            let calls = Calls()
            var configuration = PostgresClientConfiguration(database.configuration)
            configuration.observers = [calls]
            try await PostgresClient.withClient(configuration) { client in
                let worker = WorkflowWorker(
                    backend: PostgresBackend(client), handlers: SampleWorkflow.handlers,
                    options: options(polling: .milliseconds(100)))
                worker.start()
                // The first calls make the worker known and its sessions ready.
                _ = try await eventually { calls.all.count >= 6 ? true : nil }
                let before = calls.all.count
                let start = ContinuousClock.now
                try await Task.sleep(for: .seconds(2))
                let made = calls.all.dropFirst(before)
                let elapsed = start.duration(to: .now) / .seconds(1)
                #expect(made.count >= 1)
                // The wait between two calls is at least 0.9 of the interval.
                #expect(Double(made.count) <= elapsed / 0.09 + 1, "\(made.count) calls in \(elapsed) s")
                for call in Set(made) { #expect(call.contains("workflow_jobs"), "\(call)") }
                await worker.stop()
            }
        }
    }

    @Test func `jobs that nobody is told of are claimed within a poll interval`() async throws {
        try await Backend.Kind.postgres.run { backend async throws in
            let client = try #require(backend.database?.client)
            try await backend.provider.saveGraph(SampleWorkflow.graph)
            let worker = WorkflowWorker(
                backend: PostgresBackend(client), handlers: SampleWorkflow.handlers,
                options: options(polling: .milliseconds(300)))
            worker.start()
            var waits: [Double] = []
            for _ in 0..<8 {
                let job = UUID()
                // Written past the adapter, so that the server tells nobody.
                try await client.execute(
                    """
                    INSERT INTO workflow_jobs (id, type, run_id, graph_id, created_at)
                    VALUES (\(job), 'start', \(UUID()), \(SampleWorkflow.graph.id), clock_timestamp())
                    """)
                let isDone = try await eventually {
                    try await backend.jobs.getJob(id: job)?.status == .completed ? true : nil
                }
                #expect(isDone == true)
                waits.append(
                    try await client.one(
                        """
                        SELECT extract(epoch FROM (attempt_history -> 0 ->> 'started_at')::timestamptz
                            - created_at)::float8
                        FROM workflow_jobs WHERE id = \(job)
                        """, as: Double.self))
            }
            await worker.stop()
            // At most 1.1 intervals; a busy machine may add to some of them.
            let median = waits.sorted()[waits.count / 2]
            #expect(median <= 0.33 + 0.2, "\(waits)")
            #expect((waits.max() ?? 9) <= 2, "\(waits)")
        }
    }
}
