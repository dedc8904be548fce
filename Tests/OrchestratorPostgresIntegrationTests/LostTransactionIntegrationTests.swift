import FoundationEssentials
import Locking
import Orchestrator
import OrchestratorPostgres
import PostgresWire
import StoreContracts
import TestSupport
import Testing

/// Sessions that end while a transactional handler runs.
@Suite struct LostTransactionIntegrationTests {
    /// Writes a row, and ends its own session the first two times; a late one does not notice.
    private struct Payment: TransactionalNodeHandler {
        let isLate: Bool
        let calls = Calls()

        final class Calls: Sendable {
            private let number = Lock(0)
            var count: Int { number.withLock { $0 } }
            func next() -> Int {
                number.withLock { number in
                    number += 1
                    return number
                }
            }
        }

        func execute(
            _ context: NodeContext, in transaction: any StepTransaction
        ) async throws -> NodeOutcome {
            let connection = try #require((transaction as? PostgresStepTransaction)?.connection)
            let isLost = calls.next() <= 2
            try await connection.execute("INSERT INTO payments VALUES (\(context.stepKey))")
            if isLost {
                do { try await connection.execute("SELECT pg_terminate_backend(pg_backend_pid())") } catch {
                    if !isLate { throw error }
                }
            }
            return .updates(["paid": true])
        }
    }

    @Test(arguments: [false, true])
    func `a session that ends in a handler costs the node no attempt, and its effect happens once`(
        isLate: Bool
    ) async throws {
        try await Backend.Kind.postgres.run { backend async throws in
            let client = try #require(backend.database?.client)
            try await client.execute("CREATE TABLE payments (step text)")
            let graph = WorkflowGraph(
                name: "pay",
                nodes: [.agent("pay", agentID: "pay", failurePolicy: FailurePolicy(maxRetries: 1))],
                edges: [],
                startNode: "pay", endNodes: ["pay"])
            try await backend.provider.saveGraph(graph)
            let payment = Payment(isLate: isLate)
            var handlers = HandlerRegistry()
            handlers.register("pay", payment)
            let state = WorkflowState(workflowID: graph.id, runID: UUID(), goal: "", createdAt: .now)
            let runner = GraphRunner(graph: graph, state: state, handlers: handlers, store: backend.store)
            let report = try await runner.runOutcome()
            #expect(report.state.status == .completed)
            #expect(payment.calls.count == 3)
            let steps = try await client.collect("SELECT step FROM payments", as: String.self)
            #expect(steps == ["\(state.runID.text):pay:0"])
        }
    }
}
