import JSONModel
import Orchestrator
import StoreContracts
import Testing

/// What a newcomer writes first.
@Suite(.timeLimit(.minutes(1))) struct ExampleTests {
    @Test func `twenty lines run a workflow on a queue`() async throws {
        let graph = WorkflowGraph(
            name: "greeting",
            nodes: [
                .agent("draft", agentID: "writer"), .agent("shout", agentID: "shouter"),
            ], edges: [GraphEdge(from: "draft", to: "shout")], startNode: "draft", endNodes: ["shout"])

        var handlers = HandlerRegistry()
        handlers.register("writer") { context in .text("hello, \(context.view.goal)") }
        handlers.register("shouter") { context in
            .updates(["final": .string((context.view.memory["draft_output"]?.stringValue ?? "").uppercased())]
            )
        }

        let backend = InMemoryBackend()
        try await backend.persistence().saveGraph(graph)
        let run = TimeOrderedIDs().next()
        try await backend.queue.enqueue(
            EnqueueRequest(runID: run, graphID: graph.id, initialState: ["goal": "world"]))

        let worker = WorkflowWorker(backend: backend, handlers: handlers)
        let events = worker.events
        worker.start()
        for await event in events where event.name == "job:completed" { Task { await worker.stop() } }

        let state = try await backend.persistence().loadLatestWorkflowState(runID: run)
        #expect(state?.status == .completed)
        #expect(state?.memory["final"] == "HELLO, WORLD")
    }

    @Test func `a run needs no store at all`() async throws {
        let graph = WorkflowGraph.chain("a")
        var handlers = HandlerRegistry()
        handlers.register("a") { _ in .text("done") }
        let state = try await GraphRunner(
            graph: graph, state: WorkflowState(workflowID: graph.id, goal: "g"), handlers: handlers
        ).run()
        #expect(state.memory["a_output"] == "done")
    }
}
