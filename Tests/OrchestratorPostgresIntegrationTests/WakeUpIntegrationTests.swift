import Foundation
import Orchestrator
import OrchestratorPostgres
import PostgresWire
import StoreContracts
import TestSupport
import Testing

@Suite struct WakeUpIntegrationTests {
    @Test func `an enqueued job wakes whoever waits`() async throws {
        try await Backend.Kind.postgres.run { backend async throws in
            var hints = try #require(backend.jobs.wakeUps()).makeAsyncIterator()
            // The server listens from here on.
            #expect(await hints.next() != nil)
            let request = try await backend.enqueue()
            #expect(await hints.next() != nil)
            let claimed = try #require(await backend.jobs.dequeue(workerID: "w"))
            #expect(claimed.job.id == request.id)
            #expect(try await backend.jobs.requeue(claimed.handle) == .applied)
            #expect(await hints.next() != nil)
        }
    }

    @Test func `jobs of another schema wake nobody`() async throws {
        try await Backend.Kind.postgres.run { backend async throws in
            let client = try #require(backend.database?.client)
            var hints = try #require(backend.jobs.wakeUps()).makeAsyncIterator()
            #expect(await hints.next() != nil)
            try await client.execute("SELECT pg_notify('orchestrator_jobs', 'elsewhere')")
            try await client.execute("SELECT pg_notify('orchestrator_jobs', 'public')")
            #expect(await hints.next() != nil)
            let waiting = Task { [hints] in
                var hints = hints
                return await hints.next() != nil
            }
            try await client.execute("SELECT pg_notify('orchestrator_jobs', 'elsewhere')")
            try await Task.sleep(for: .milliseconds(200))
            waiting.cancel()
            #expect(await !waiting.value)
        }
    }

    @Test func `an idle worker starts a job at once, however seldom it polls`() async throws {
        try await Backend.Kind.postgres.run { backend async throws in
            let client = try #require(backend.database?.client)
            try await backend.provider.saveGraph(SampleWorkflow.graph)
            var options = WorkerOptions(workerID: "w")
            options.pollInterval = .seconds(600)
            options.reclaimInterval = .seconds(600)
            let worker = WorkflowWorker(
                backend: PostgresBackend(client), handlers: SampleWorkflow.handlers, options: options)
            worker.start()
            // The worker's first claim is over, and it listens, when it is idle for a while.
            try await Task.sleep(for: .milliseconds(500))
            let request = EnqueueRequest(runID: Sample.id(), graphID: SampleWorkflow.graph.id)
            _ = try await backend.jobs.enqueue(request)
            let isDone = try await eventually {
                try await backend.jobs.getJob(id: request.id)?.status == .completed ? true : nil
            }
            #expect(isDone == true)
            await worker.stop()
            #expect(try await backend.flaw(of: request.runID) == nil)
        }
    }
}
