import Foundation
import JSONModel
import Locking
import Orchestrator
import OrchestratorPostgres
import PostgresWire
import StoreContracts
import TestSupport
import Testing

/// Rows that another program has spoiled: their run fails alone, with an error that says what is wrong.
@Suite struct HostileRowsIntegrationTests {
    /// A run whose rows are spoiled, and its job.
    private struct Victim {
        let row: HostileRow
        let run: UUID
        let job: UUID
    }

    @Test func `spoiled rows harm their own run alone, and the worker lives`() async throws {
        #expect(HostileRow.all.count >= 50)
        try await TestServer.withDatabase(.migrated(dimensions: 8)) { database async throws in
            let backend = Backend(database)
            var victims: [Victim] = []
            for row in HostileRow.all { victims.append(try await spoil(row, backend)) }
            try await backend.provider.saveGraph(SampleWorkflow.graph)
            // Behind the spoiled ones in the queue, and one after the other: the worker must get to each of them.
            let good = (0..<12).map { _ in
                EnqueueRequest(runID: Sample.id(), graphID: SampleWorkflow.graph.id, priority: 5)
            }
            _ = try await backend.jobs.enqueue(good)

            let worker = worker(database.client)
            worker.start()
            let isDone = try await eventually { () -> Bool? in
                for request in good
                where try await backend.provider.loadWorkflowRun(id: request.runID)?.status != .completed {
                    return nil
                }
                return true
            }
            #expect(isDone == true, "the good runs did not end")
            let isQuiet = try await eventually { () -> Bool? in
                let depth = try await backend.jobs.getQueueDepth()
                return depth.waiting + depth.active == 0 ? true : nil
            }
            #expect(isQuiet == true, "spoiled jobs are tried for ever")
            await worker.stop()
            for request in good { #expect(try await backend.flaw(of: request.runID) == nil) }
            for victim in victims { try await check(victim, database.client) }
        }
    }

    private func worker(_ client: PostgresClient) -> WorkflowWorker {
        var options = WorkerOptions(workerID: "worker")
        options.concurrency = 4
        options.pollInterval = .milliseconds(20)
        options.reclaimInterval = .milliseconds(100)
        return WorkflowWorker(
            backend: PostgresBackend(
                client, options: QueueOptions(retryBackoff: RetryBackoff(base: .zero, limit: .zero))),
            handlers: SampleWorkflow.handlers, options: options)
    }

    /// Makes a run that stands half-way, spoils its rows and enqueues its job.
    private func spoil(_ row: HostileRow, _ backend: Backend) async throws -> Victim {
        var graph = SampleWorkflow.graph
        graph.id = UUID()
        try await backend.provider.saveGraph(graph)
        let state = WorkflowState(workflowID: graph.id, goal: HostileRow.canary)
        var options = RunnerOptions()
        options.random = { 0 }
        _ = try? await GraphRunner(
            graph: graph, state: state, handlers: SampleWorkflow.handlers,
            store: HaltingRunStore(backend.store, after: 3), options: options
        ).run()
        #expect(try await backend.provider.loadEvents(runID: state.runID).count > 4)
        let request = EnqueueRequest(runID: state.runID, graphID: graph.id, maxAttempts: 2)
        _ = try await backend.jobs.enqueue(request)
        let client = try #require(backend.database?.client)
        for statement in row.statements {
            var values: [any PostgresEncodable] = [state.runID]
            let text = statement.replacing("$2", with: "$1").replacing("$3", with: "$1")
            if statement.contains("$2") { values = [graph.id] }
            if statement.contains("$3") { values = [request.id] }
            try await client.execute(PostgresQuery(text, values))
        }
        return Victim(row: row, run: state.runID, job: request.id)
    }

    /// Whatever became of the run, somebody can see why, and no data is in the text.
    private func check(_ victim: Victim, _ client: PostgresClient) async throws {
        let (job, error) = try await client.one(
            "SELECT status, last_error FROM workflow_jobs WHERE id = \(victim.job)",
            as: (String, String?).self)
        let run = try await client.one(
            "SELECT status FROM workflow_runs WHERE id = \(victim.run)", as: String.self)
        let text = "\(victim.row.name): job \(job), run \(run), error \(error ?? "none")"
        #expect(!(error ?? "").contains(HostileRow.canary), "data in an error: \(text)")
        if job == "dead_letter" { #expect(error?.isEmpty == false, "no reason: \(text)") }
        if job == "completed" { #expect(["completed", "failed", "cancelled"].contains(run), "\(text)") }
        #expect(job != "waiting" && job != "active", "\(text)")
    }
}
