import FoundationEssentials
import JSONModel
import Orchestrator
import OrchestratorMigrations
import OrchestratorPostgres
import PostgresWire
import StoreContracts
import TestSupport
import Testing

@Suite struct ResearchWorkflowTests {
    private static let report = """
        - answer to: What is pgvector?
        - answer to: Who uses pgvector?
        """

    private func research() -> (graph: WorkflowGraph, handlers: HandlerRegistry) {
        let graph = WorkflowGraph(
            name: "research",
            nodes: [
                .agent("plan", agentID: "planner", writes: ["questions"]),
                .map(
                    "search",
                    MapConfig(
                        workerNodeID: "searcher", itemsPath: "$.memory.questions", errorStrategy: .failFast,
                        maxConcurrency: 4)),
                .tool("searcher", toolID: "search"),
                .agent("write", agentID: "writer", reads: ["search_results"], writes: ["report"]),
            ],
            edges: [GraphEdge(from: "plan", to: "search"), GraphEdge(from: "search", to: "write")],
            startNode: "plan", endNodes: ["write"])

        var handlers = HandlerRegistry()
        handlers.register("planner") { context in
            let goal = context.view.goal
            return .updates(["questions": [.string("What is \(goal)?"), .string("Who uses \(goal)?")]])
        }
        handlers.register("search") { context in
            let question = context.mapItem?.value.stringValue ?? ""
            return .result(.string("answer to: \(question)"))
        }
        handlers.register("writer") { context in
            let results = context.view.memory["search_results"]?.arrayValue ?? []
            let lines = results.compactMap { $0["updates"]?["searcher_result"]?.stringValue }
            return .text(lines.map { "- \($0)" }.joined(separator: "\n"))
        }

        return (graph, handlers)
    }

    @Test func `a run in this process`() async throws {
        let (graph, handlers) = research()

        let state = WorkflowState(workflowID: graph.id, goal: "pgvector")
        let end = try await GraphRunner(graph: graph, state: state, handlers: handlers).run()
        let report = end.memory["report"]?.stringValue

        #expect(end.status == .completed)
        #expect(report == Self.report)
        #expect(graph.problems().isEmpty)
    }

    @Test func `a run of the queue in memory`() async throws {
        try await run(InMemoryBackend())
    }

    @Test func `a run of the queue on PostgreSQL`() async throws {
        try await TestServer.withDatabase(.migrated) { database in
            let client = database.client

            try await OrchestratorSchema(client).requireCurrent()
            let backend = PostgresBackend(client)

            try await run(backend)
        }
    }

    private func run(_ backend: any WorkflowBackend) async throws {
        let (graph, handlers) = research()

        let runID = UUID()
        try await backend.persistence(tenant: .seed, claim: nil).saveGraph(graph)
        try await backend.queue.enqueue(
            EnqueueRequest(runID: runID, graphID: graph.id, initialState: ["goal": "pgvector"]))

        var options = WorkerOptions()
        options.concurrency = 4
        let worker = WorkflowWorker(backend: backend, handlers: handlers, options: options)
        worker.start()

        let state = try await backend.state(of: runID, when: .completed)
        #expect(state?.status == .completed)
        #expect(state?.memory["report"]?.stringValue == Self.report)
        await worker.stop()
    }
}
