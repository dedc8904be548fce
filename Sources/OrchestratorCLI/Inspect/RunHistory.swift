#if CLI
import FoundationEssentials
import Orchestrator
import OrchestratorPostgres
import PostgresWire
import StoreContracts

/// Everything that the database knows of one run.
struct RunHistory: Sendable {
    var run: WorkflowRunRecord
    var graphName: String
    var state: WorkflowState?
    var events: [WorkflowEvent]
    /// The run's jobs with their attempts, oldest first.
    var jobs: [WorkflowJob]

    /// Reads a run; nil if there is none.
    static func load(_ id: UUID, from client: PostgresClient) async throws -> RunHistory? {
        let store = PostgresPersistenceProvider(client)
        guard let run = try await store.loadWorkflowRun(id: id) else { return nil }
        let queue = PostgresWorkflowQueue(client)
        let jobIDs = try await client.collect(
            "SELECT id FROM workflow_jobs WHERE run_id = \(id) ORDER BY created_at, id", as: UUID.self)
        var jobs: [WorkflowJob] = []
        for job in jobIDs {
            if let job = try await queue.getJob(id: job) { jobs.append(job) }
        }
        return RunHistory(
            run: run, graphName: try await store.loadGraph(id: run.graphID)?.name ?? run.graphID.text,
            state: try await store.loadLatestWorkflowState(runID: id),
            events: try await store.loadEvents(runID: id), jobs: jobs)
    }

    /// The claims of the run in the order in which they were made.
    var attempts: [JobAttempt] { jobs.flatMap(\.attemptHistory).sorted { $0.startedAt < $1.startedAt } }
}
#endif
