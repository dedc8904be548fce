import FoundationEssentials
import JSONModel
import Orchestrator
import OrchestratorPostgres
import PostgresWire
import StoreContracts
import TestSupport
import Testing

@Suite struct PaymentWorkflowTests {
    struct NotEnough: RetryClassifying {
        var isRetryable: Bool? { false }
    }

    struct Charge: TransactionalNodeHandler {
        func execute(
            _ context: NodeContext, in transaction: any StepTransaction
        ) async throws -> NodeOutcome {
            guard let connection = transaction.handle as? PostgresConnection else {
                throw StoreError(.unsupported(capability: "payments without PostgreSQL"))
            }
            let amount = context.view.memory["amount"]?.intValue ?? 0
            try await connection.execute(
                "INSERT INTO payments (step, amount) VALUES (\(context.stepKey), \(amount))")
            let changed = try await connection.execute(
                "UPDATE accounts SET balance = balance - \(amount) WHERE balance >= \(amount)")
            guard changed.rows == 1 else { throw NotEnough() }
            return .result("charged")
        }
    }

    private struct Interruption: Error {}

    /// Fails once, after everything was written.
    private struct FailsOnce: TransactionalNodeHandler {
        let handler: Charge
        let fuse: Fuse

        func execute(
            _ context: NodeContext, in transaction: any StepTransaction
        ) async throws -> NodeOutcome {
            let outcome = try await handler.execute(context, in: transaction)
            if fuse.withdraw() { throw Interruption() }
            return outcome
        }
    }

    @Test func `a payment happens once although its first attempt fails`() async throws {
        try await TestServer.withDatabase(.migrated) { database in
            let client = database.client
            try await client.execute("CREATE TABLE accounts (balance int8 NOT NULL)")
            try await client.execute("CREATE TABLE payments (step text PRIMARY KEY, amount int8 NOT NULL)")
            try await client.execute("INSERT INTO accounts VALUES (100)")
            let backend = PostgresBackend(client)

            let policy = FailurePolicy(maxRetries: 3, initialBackoff: .milliseconds(10))
            let graph = WorkflowGraph(
                name: "order",
                nodes: [
                    .tool("charge", toolID: "charge", failurePolicy: policy),
                    .tool("ship", toolID: "ship", failurePolicy: policy),
                ],
                edges: [GraphEdge(from: "charge", to: "ship")], startNode: "charge", endNodes: ["ship"])

            var handlers: HandlerRegistry = ["charge": Charge()]
            handlers.register("ship") { context in
                try await warehouse.ship(orderKey: context.stepKey)
                return .result("shipped")
            }

            let fuse = Fuse()
            handlers.register("charge", FailsOnce(handler: Charge(), fuse: fuse))
            let runID = UUID()
            try await backend.persistence(tenant: .seed, claim: nil).saveGraph(graph)
            try await backend.queue.enqueue(
                EnqueueRequest(
                    runID: runID, graphID: graph.id, initialState: ["memory": ["amount": 30]]))
            let worker = WorkflowWorker(backend: backend, handlers: handlers)
            worker.start()
            let state = try await backend.state(of: runID, when: .completed)
            await worker.stop()
            #expect(state?.status == .completed)
            #expect(state?.memory["ship_result"]?.stringValue == "shipped")
            #expect(!fuse.withdraw())
            let balance = try await client.one("SELECT balance FROM accounts", as: Int.self)
            #expect(balance == 70)
            let payments = try await client.collect("SELECT amount FROM payments", as: Int.self)
            #expect(payments == [30])
        }
    }
}

/// A partner's interface that takes an idempotency key.
private struct Warehouse: Sendable {
    func ship(orderKey: String) async throws {
        #expect(!orderKey.isEmpty)
    }
}

private let warehouse = Warehouse()
