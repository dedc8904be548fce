#if CLI
import JSONModel
import Orchestrator

/// Decides what is to be done next, as a supervisor does; here a rule takes the place of a model.
struct DeskHandler: NodeHandler {
    func execute(_ context: NodeContext) async throws -> NodeOutcome {
        let memory = context.view.memory
        if memory["relations"] == nil {
            return .handoff(
                to: ResearchGraph.Node.relate, reasoning: "how the finds are related is not known yet")
        }
        if memory["answer"] == nil {
            return .handoff(to: ResearchGraph.Node.write, reasoning: "everything for the answer is there")
        }
        return .complete(reason: "the answer is stored with its sources")
    }
}
#endif
