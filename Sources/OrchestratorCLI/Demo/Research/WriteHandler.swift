#if CLI
import FoundationEssentials
import JSONModel
import Orchestrator
import PostgresWire
import StoreContracts

/// Writes the answer and stores it with its sources, in the very transaction that records the step.
///
/// Plain INSERTs without ON CONFLICT: if this step ever took effect twice, the second time would fail on a key.
struct WriteHandler: TransactionalNodeHandler {
    func execute(_ context: NodeContext, in transaction: any StepTransaction) async throws -> NodeOutcome {
        guard let connection = transaction.handle as? PostgresConnection else {
            throw ResearchError("the step's transaction is not one of PostgreSQL")
        }
        let memory = context.view.memory
        let sources = Array(Finding.all(in: memory["examine_results"]).prefix(RelateHandler.sourceCount))
        guard let best = sources.first else { throw ResearchError("there is nothing to answer with") }
        let question = memory["question"]?.stringValue ?? ""
        let answer = Self.answer(sources, relations: memory["relations"]?.arrayValue ?? [])
        _ = try await connection.batch([
            """
            INSERT INTO documents (id, user_id, title, mime_type, content)
            VALUES (\(context.runID), \(context.graphID), \(question), 'text/plain', \(answer))
            """,
            "INSERT INTO run_outcomes (run_id, score) VALUES (\(context.runID.text), \(best.similarity))",
            """
            INSERT INTO run_outcome_facts (run_id, fact_id)
            SELECT \(context.runID.text), unnest(\(sources.map(\.id.text)))
            """,
        ])
        return .updates([
            "answer": .string(answer), "sources": .array(sources.map { .string($0.id.text) }),
        ])
    }

    private static func answer(_ sources: [Finding], relations: [JSONValue]) -> String {
        var lines = sources.prefix(1).map { "Most like \($0.name): \($0.content)" }
        let others = sources.dropFirst().map(\.name)
        if !others.isEmpty { lines.append("Also near: \(others.joined(separator: ", ")).") }
        lines += relations.compactMap(\.stringValue).map { "Known: \($0)." }
        return lines.joined(separator: "\n")
    }
}
#endif
