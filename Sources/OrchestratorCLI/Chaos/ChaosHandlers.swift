#if CLI
import JSONModel
import Orchestrator
import PostgresWire
import StoreContracts

/// The handlers of the chaos workflow: every execution leaves a row in `chaos_effects`.
struct ChaosHandlers: Sendable {
    let client: PostgresClient
    let killSwitch: KillSwitch

    var registry: HandlerRegistry {
        [
            ChaosGraph.Node.start: plain { _ in .updates(["started": true], usage: Self.usage) },
            ChaosGraph.Node.detour: TransactionalEffect(killSwitch) { _ in .updates(["detoured": true]) },
            ChaosGraph.Node.item: plain { context in
                .updates(["double": .number((context.mapItem?.value.intValue ?? 0) * 2)])
            },
            ChaosGraph.Node.boss: plain { context in
                let done = context.view.memory["worked"]?.intValue ?? 0
                return done < ChaosGraph.rounds
                    ? .handoff(to: ChaosGraph.Node.work, reasoning: "there is more to do")
                    : .handoff(to: ChaosGraph.Node.gate, reasoning: "a person must agree")
            },
            ChaosGraph.Node.work: TransactionalEffect(killSwitch) { context in
                let done = context.view.memory["worked"]?.intValue ?? 0
                return .updates(["worked": .number(done + 1)], usage: Self.usage)
            },
            ChaosGraph.Node.pay: TransactionalEffect(killSwitch) { context in
                .updates(["paid": .number((context.view.memory["size"]?.intValue ?? 0) * 100)])
            },
            ChaosGraph.Node.end: plain { context in
                .updates(["sum": .number(Self.sum(context.view.memory["fan_results"]))])
            },
        ]
    }

    private static let usage = NodeUsage(inputTokens: 10, outputTokens: 5)

    /// The sum of what the items of the map made.
    private static func sum(_ results: JSONValue?) -> Int {
        (results?.arrayValue ?? []).reduce(0) { sum, result in
            sum + (result["updates"]?["double"]?.intValue ?? result["double"]?.intValue ?? 0)
        }
    }

    private func plain(
        _ body: @escaping @Sendable (NodeContext) async throws -> NodeOutcome
    ) -> ClosureHandler {
        let (client, killSwitch) = (client, killSwitch)
        return ClosureHandler { context in
            let isItem = context.mapItem != nil
            killSwitch.pass(isItem ? .itemEntered : .handlerEntered, context.runID)
            try await client.execute(ChaosEffects.insert(context, isTransactional: false))
            killSwitch.pass(.effectMade, context.runID)
            let outcome = try await body(context)
            killSwitch.pass(isItem ? .itemReturned : .handlerReturned, context.runID)
            return outcome
        }
    }
}

/// A handler whose effect is a row in the very transaction that records the step.
private struct TransactionalEffect: TransactionalNodeHandler {
    let killSwitch: KillSwitch
    let body: @Sendable (NodeContext) async throws -> NodeOutcome

    init(
        _ killSwitch: KillSwitch, _ body: @escaping @Sendable (NodeContext) async throws -> NodeOutcome
    ) {
        self.killSwitch = killSwitch
        self.body = body
    }

    func execute(_ context: NodeContext, in transaction: any StepTransaction) async throws -> NodeOutcome {
        guard let connection = transaction.handle as? PostgresConnection else {
            throw StoreError(.unsupported(capability: "PostgreSQL transactions"))
        }
        killSwitch.pass(.handlerEntered, context.runID)
        try await connection.execute(ChaosEffects.insert(context, isTransactional: true))
        killSwitch.pass(.transactionWritten, context.runID)
        let outcome = try await body(context)
        killSwitch.pass(.handlerReturned, context.runID)
        return outcome
    }
}
#endif
