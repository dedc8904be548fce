#if CLI
import FoundationEssentials
import JSONModel
import Orchestrator

/// Finds the facts nearest to the question.
struct RetrieveHandler: NodeHandler {
    /// Wide enough for a mean recall well above 0.95 over a few thousand facts.
    static let breadth = 100

    let library: ResearchLibrary

    func execute(_ context: NodeContext) async throws -> NodeOutcome {
        let vector = try await library.embedding(of: try context.questionID)
        let found = try await library.nearest(to: vector, breadth: Self.breadth)
        guard let best = found.first else { throw ResearchError("the knowledge graph is empty") }
        return .updates([
            "candidates": .array(found.map(\.json)), "best_similarity": .number(best.similarity),
        ])
    }
}

extension NodeContext {
    /// The question that the run is about.
    var questionID: UUID {
        get throws {
            guard let id = view.memory["question_id"]?.stringValue.flatMap({ UUID(uuidString: $0) }) else {
                throw ResearchError("the run names no question_id")
            }
            return id
        }
    }
}
#endif
