import FoundationEssentials
import JSONModel
import Orchestrator
import OrchestratorPostgres
import PostgresWire
import StoreContracts
import TestSupport
import Testing

@Suite struct ApprovalWorkflowTests {
    private func newsletter() -> (graph: WorkflowGraph, handlers: HandlerRegistry) {
        let review = ApprovalConfig(
            promptMessage: "May this go out?", reviewKeys: ["draft"], timeout: .seconds(3 * 86_400),
            rejectionNodeID: "discard")
        let graph = WorkflowGraph(
            name: "newsletter",
            nodes: [
                .agent("write", agentID: "writer", writes: ["draft"]),
                .approval("review", review),
                .tool("send", toolID: "mailer"),
                .tool("discard", toolID: "bin"),
            ],
            edges: [GraphEdge(from: "write", to: "review"), GraphEdge(from: "review", to: "send")],
            startNode: "write", endNodes: ["send", "discard"])

        var handlers = HandlerRegistry()
        handlers.register("writer") { _ in .text("Dear reader") }
        handlers.register("mailer") { context in
            .result(.string("sent: \(context.view.memory["draft"]?.stringValue ?? "")"))
        }
        handlers.register("bin") { _ in .result("discarded") }

        return (graph, handlers)
    }

    @Test(arguments: [
        (HumanDecision.approved, "send_result", "sent: Dear reader"),
        (.rejected, "discard_result", "discarded"),
    ])
    func `a run waits over a restart`(decision: HumanDecision, key: String, result: String) async throws {
        try await TestServer.withDatabase(.migrated) { database in
            let (graph, handlers) = newsletter()
            let runID = UUID()
            try await withWorker(database.anotherClient(), handlers) { backend in
                try await backend.persistence(tenant: .seed, claim: nil).saveGraph(graph)
                try await backend.queue.enqueue(EnqueueRequest(runID: runID, graphID: graph.id))
                let state = try await backend.state(of: runID, when: .waiting)
                #expect(state?.status == .waiting)
            }
            // The first worker and its pool are gone: this is another process, days later.
            try await withWorker(database.anotherClient(), handlers) { backend in
                let runs = backend.persistence(tenant: .seed, claim: nil)

                let waiting = try await runs.listWorkflowRuns(.first, filter: RunFilter(status: .waiting))
                for run in waiting {
                    guard let state = try await runs.loadLatestWorkflowState(runID: run.id) else { continue }
                    let question = state.pendingApproval?["prompt_message"]?.stringValue
                    let draft = state.pendingApproval?["review_data"]?["draft"]?.stringValue
                    show(question, draft)
                }

                #expect(waiting.map(\.id) == [runID])
                let state = try await runs.loadLatestWorkflowState(runID: runID)

                let response = HumanResponse(
                    decision, data: ["by": "ada"],
                    approvalID: state?.pendingApproval?["approval_id"]?.stringValue,
                    responseKey: "decision of ada")
                _ = try await backend.queue.enqueueResume(ResumeRequest(runID: runID, response: response))

                let end = try await backend.state(of: runID, when: .completed)
                #expect(end?.status == .completed)
                #expect(end?.memory[key]?.stringValue == result)
                #expect(end?.memory["human_response"] == ["by": "ada"])
            }
        }
    }

    private func show(_ question: String?, _ draft: String?) {
        #expect(question == "May this go out?")
        #expect(draft == "Dear reader")
    }

    /// Works with a pool and a worker of its own, as a process does.
    private func withWorker(
        _ client: PostgresClient, _ handlers: HandlerRegistry,
        _ body: (any WorkflowBackend) async throws -> Void
    ) async throws {
        let backend = PostgresBackend(client)
        let worker = WorkflowWorker(backend: backend, handlers: handlers)
        worker.start()
        do {
            try await body(backend)
            await worker.stop()
            await client.shutdown()
        } catch {
            await worker.stop()
            await client.shutdown()
            throw error
        }
    }
}
