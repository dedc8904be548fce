import Foundation
import Orchestrator
import PostgresWire
import StoreContracts
import TestSupport
import Testing

@testable import OrchestratorPostgres

@Suite struct ExecutionIntegrationTests {
    private func run(_ test: (Backend, PostgresClient) async throws -> Void) async throws {
        try await TestServer.withDatabase(.migrated(dimensions: 8)) { database async throws in
            let backend = Backend(database)
            try await backend.provider.saveGraph(SampleWorkflow.graph)
            try await test(backend, database.client)
        }
    }

    private func runner(_ store: any RunStore, _ state: WorkflowState) -> GraphRunner {
        var options = RunnerOptions()
        options.random = { 0 }
        return GraphRunner(
            graph: SampleWorkflow.graph, state: state, handlers: SampleWorkflow.handlers, store: store,
            options: options)
    }

    @Test func `a run on PostgreSQL folds to its snapshot`() async throws {
        try await run { backend, _ async throws in
            let state = WorkflowState(workflowID: SampleWorkflow.graph.id, goal: "sample")
            #expect(try await runner(backend.store, state).run().status == .completed)
            #expect(try await backend.flaw(of: state.runID) == nil)
        }
    }

    @Test func `a commit is one round trip, and so is the position of a run`() async throws {
        try await run { backend, client async throws in
            let wire = LossyRunner(client)
            var store = PostgresRunStore(client)
            store.plane = store.plane.on(wire)
            let state = try await backend.run(status: .running)
            _ = try await store.commit(Sample.commit(state, from: 0))
            #expect(wire.sends == 1)
            _ = try await store.loadPosition(runID: state.runID)
            #expect(wire.sends == 2)
            var marked = state
            marked.lastEventSequenceID = 1
            _ = try await store.compact(state: marked, claim: nil, retainCheckpoints: 1)
            #expect(wire.sends == 3)
        }
    }

    @Test func `lost answers neither lose nor repeat a step`() async throws {
        try await run { backend, client async throws in
            for every in 1...3 {
                let wire = LossyRunner(client, losesEvery: every)
                var store = PostgresRunStore(client)
                store.plane = store.plane.on(wire)
                let state = WorkflowState(workflowID: SampleWorkflow.graph.id, goal: "sample")
                // A retried commit is found to be durable, so even a store that loses every answer makes progress.
                let final = try await runner(store, state).run()
                #expect(final.status == .completed)
                #expect(try await backend.flaw(of: state.runID) == nil)
            }
        }
    }

    @Test func `an answer that was lost is an error with effect unknown`() async throws {
        try await run { backend, client async throws in
            var store = PostgresRunStore(client)
            store.plane = store.plane.on(LossyRunner(client, losesEvery: 1))
            let state = try await backend.run(status: .running)
            let commit = Sample.commit(state, from: 0)
            do {
                _ = try await store.commit(commit)
                Issue.record("the answer was not lost")
            } catch let error as StoreError {
                #expect(error.code == .unavailable)
                #expect(error.effect == .unknown)
                #expect(error.isTransient)
            }
            #expect(try await backend.store.commit(commit).wasReplayed)
        }
    }

    @Test func `old snapshots go when a commit says how many stay`() async throws {
        try await run { backend, _ async throws in
            let state = try await backend.run(status: .running)
            for index in 0..<5 {
                var commit = Sample.commit(state, from: index * 2)
                commit.keptSnapshots = 2
                #expect(try await backend.store.commit(commit).stateVersion == index + 1)
            }
            let history = try await backend.provider.loadWorkflowStateHistory(runID: state.runID)
            #expect(history.map(\.version) == [4, 5])
        }
    }

    @Test func `workers that lose their claims and workers that go on finish every run once`() async throws {
        try await run { backend, client async throws in
            let requests = (0..<24).map { _ in
                EnqueueRequest(
                    runID: Sample.id(), graphID: SampleWorkflow.graph.id, maxAttempts: 1000,
                    visibilityTimeout: .milliseconds(300))
            }
            _ = try await backend.jobs.enqueue(requests)
            let workers = (0..<3).map { index in
                var options = WorkerOptions(workerID: "worker \(index)")
                options.concurrency = 4
                options.pollInterval = .milliseconds(20)
                options.reclaimInterval = .milliseconds(50)
                return WorkflowWorker(
                    backend: PostgresBackend(client), handlers: SampleWorkflow.handlers, options: options)
            }
            for worker in workers { worker.start() }
            // Claims are taken away by force, as if their holders had stopped for longer than their leases.
            let isDone = try await eventually {
                try await client.execute(
                    """
                    UPDATE workflow_jobs SET visible_at = now() - interval '1 second'
                    WHERE status = 'active' AND random() < 0.2
                    """)
                let depth = try await backend.jobs.getQueueDepth()
                return depth.waiting + depth.active == 0 ? true : nil
            }
            #expect(isDone == true)
            for worker in workers { await worker.stop() }
            let jobs = try await backend.jobs.listJobs(status: .completed, page: .first)
            #expect(jobs.count == 24)
            #expect(jobs.contains { $0.attempt > 1 })
            for request in requests { #expect(try await backend.flaw(of: request.runID) == nil) }
        }
    }
}
