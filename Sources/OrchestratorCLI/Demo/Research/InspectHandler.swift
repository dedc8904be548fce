#if CLI
import JSONModel
import Orchestrator

/// Looks at one candidate: an item of the map.
struct InspectHandler: NodeHandler {
    let library: ResearchLibrary

    func execute(_ context: NodeContext) async throws -> NodeOutcome {
        guard let item = context.mapItem, let candidate = Candidate(json: item.value) else {
            throw ResearchError("the item is not a candidate")
        }
        return .updates(["finding": try await library.finding(candidate).json])
    }
}
#endif
