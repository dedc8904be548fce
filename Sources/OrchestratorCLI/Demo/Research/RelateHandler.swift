#if CLI
import JSONModel
import Orchestrator

/// Finds the relations among the best finds.
struct RelateHandler: NodeHandler {
    /// How many finds become sources of the answer.
    static let sourceCount = 5

    let library: ResearchLibrary

    func execute(_ context: NodeContext) async throws -> NodeOutcome {
        let findings = Finding.all(in: context.view.memory["examine_results"])
        let relations = try await library.relations(among: findings.prefix(Self.sourceCount).map(\.id))
        return .updates(["relations": .array(relations.map { .string($0) })])
    }
}
#endif
