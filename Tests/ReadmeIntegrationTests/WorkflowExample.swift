import FoundationEssentials
import Orchestrator
import OrchestratorMigrations
import OrchestratorPostgres
import PostgresWire

func workflowExample(url: String) async throws -> WorkflowState? {
    // README: workflow
    let client = try PostgresClient(url: url)
    try await OrchestratorSchema(client).apply()
    let backend = PostgresBackend(client)  // or InMemoryBackend(): nothing else changes

    let graph = WorkflowGraph(
        name: "greet",
        nodes: [.tool("look", toolID: "weather"), .agent("write", agentID: "writer")],
        edges: [GraphEdge(from: "look", to: "write")], startNode: "look", endNodes: ["write"])
    var handlers = HandlerRegistry()
    handlers.register("weather") { _ in .result("sunny") }
    handlers.register("writer") { context in
        .updates(["letter": .string("It is \(context.view.memory["look_result"]?.stringValue ?? "?").")])
    }

    let runID = UUID()
    try await backend.persistence(tenant: .seed, claim: nil).saveGraph(graph)
    try await backend.queue.enqueue(EnqueueRequest(runID: runID, graphID: graph.id))

    let worker = WorkflowWorker(backend: backend, handlers: handlers)  // as many processes as you like
    worker.start()
    // README: end
    let state = try await finalState(of: runID, backend)
    await worker.stop()
    await client.shutdown()
    return state
}

private func finalState(of run: UUID, _ backend: PostgresBackend) async throws -> WorkflowState? {
    let store = backend.persistence(tenant: .seed, claim: nil)
    for _ in 0..<300 {
        if let state = try await store.loadLatestWorkflowState(runID: run), state.status.isTerminal {
            return state
        }
        try await Task.sleep(for: .milliseconds(100))
    }
    return nil
}
