#if CLI
import FoundationEssentials
import JSONModel
import Orchestrator

/// Searches again when the best match is weak: wider in the index, and along the relations of the best matches.
struct BroadenHandler: NodeHandler {
    private static let breadth = 200
    /// How many of the best matches are followed into the graph.
    private static let followed = 5

    let library: ResearchLibrary

    func execute(_ context: NodeContext) async throws -> NodeOutcome {
        let vector = try await library.embedding(of: try context.questionID)
        let known = (context.view.memory["candidates"]?.arrayValue ?? []).compactMap { Candidate(json: $0) }
        let wider = try await library.nearest(
            to: vector, limit: 2 * ResearchLibrary.limit, breadth: Self.breadth)
        let related = try await library.related(to: known.prefix(Self.followed).map(\.id), vector: vector)
        var best: [UUID: Candidate] = [:]
        for candidate in known + wider + related { best[candidate.id] = candidate }
        // By id where similarities are equal, so that a step executed again finds the same.
        let ranked = best.values.sorted {
            ($1.similarity, $0.id.uuidString) < ($0.similarity, $1.id.uuidString)
        }
        return .updates([
            "candidates": .array(ranked.prefix(ResearchLibrary.limit).map(\.json)), "broadened": true,
        ])
    }
}
#endif
