import Foundation
import Orchestrator
import OrchestratorPostgres
import PostgresWire
import StoreContracts
import TestSupport
import Testing

@Suite struct ContentionIntegrationTests {
    /// Claims up to three jobs, commits a step of each and ends it in one of the possible ways.
    private func work(_ backend: Backend, _ queue: any WorkflowQueue, worker: Int) async throws -> Int {
        var ended = 0
        for claimed in try await queue.dequeue(workerID: "\(worker)", limit: 3) {
            _ = try await queue.heartbeat(claimed.handle)
            let position = try await backend.store.loadPosition(runID: claimed.job.runID)
            var state = position.snapshot ?? WorkflowState(workflowID: claimed.job.graphID)
            state.runID = claimed.job.runID
            state.status = .running
            let disposition: JobDisposition =
                claimed.job.attempt > 2 ? .ack(claimed.handle) : .release(claimed.handle, deadline: Date())
            let commit = Sample.commit(
                state, from: position.latestKnownSequence + 1, claim: claimed.claim,
                disposition: claimed.job.attempt == 1 ? .requeue(claimed.handle) : disposition)
            do throws(StoreError) {
                _ = try await backend.store.commit(commit)
                if case .ack = commit.disposition { ended += 1 }
            } catch {
                guard error.meansClaimLost else { throw error }
            }
            _ = try await queue.nack(claimed.handle, error: "not reached unless the job is still held")
        }
        return ended
    }

    @Test func `claims, commits, sweeps and cancels at once neither deadlock nor double a claim`()
        async throws
    {
        try await Backend.Kind.postgres.run { backend async throws in
            let graph = Sample.graph()
            try await backend.provider.saveGraph(graph)
            let runs = (0..<6).map { _ in Sample.id() }
            let requests = (0..<60).map { index in
                EnqueueRequest(
                    runID: runs[index % 6], graphID: graph.id, priority: index % 3, maxAttempts: 1000)
            }
            _ = try await backend.jobs.enqueue(requests)
            let queue = backend.jobs
            try await withThrowingTaskGroup(of: Void.self) { group in
                for worker in 0..<6 {
                    group.addTask {
                        for _ in 0..<25 {
                            _ = try await work(backend, queue, worker: worker)
                            _ = try await queue.reclaimExpired()
                        }
                    }
                }
                group.addTask {
                    for round in 0..<60 {
                        _ = try await backend.provider.requestCancel(runID: runs[round % 6])
                        let active = try await queue.listJobs(status: .active, page: .first)
                        #expect(Set(active.map(\.runID)).count == active.count)
                    }
                }
                try await group.waitForAll()
            }
            for run in runs {
                let events = try await backend.provider.loadEvents(runID: run)
                #expect(events.map(\.sequenceID) == Array(0..<events.count))
                let history = try await backend.provider.loadWorkflowStateHistory(
                    runID: run, page: Page(limit: 1000))
                #expect(history.count * 2 == events.count)
            }
        }
    }

    @Test func `a lock that is held for too long is a timeout with nothing written`() async throws {
        try await TestServer.withDatabase(.migrated(dimensions: 8)) { database async throws in
            let backend = Backend(database)
            let state = try await backend.run(status: .running)
            var storage = PostgresStorageOptions()
            storage.lockTimeout = .milliseconds(50)
            let store = PostgresRunStore(database.client, storage: storage)
            try await database.client.withTransaction { connection in
                try await connection.execute("SELECT FROM workflow_runs FOR UPDATE")
                do {
                    _ = try await store.commit(Sample.commit(state, from: 0))
                    Issue.record("the lock was not there")
                } catch let error as StoreError {
                    #expect(error.code == .timedOut)
                    #expect(error.effect == .rolledBack)
                }
            }
            #expect(try await backend.provider.loadEvents(runID: state.runID).isEmpty)
        }
    }
}
