import FoundationEssentials
import JSONModel
import Orchestrator

/// Stored graphs, states, actions and agents, which another program may have written.
enum HydrationBody {
    private static let runID = UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1))
    private static let now = Date(timeIntervalSince1970: 1_700_000_000)

    static func complaint(_ bytes: [UInt8]) -> String? {
        var input = FuzzInput(bytes)
        let kind = input.byte() % 4
        guard let json = try? JSONValue(parsing: input.rest) else { return nil }
        switch kind {
        case 0: return graph(json)
        case 1: return state(json)
        case 2: return action(json)
        default:
            _ = try? AgentDefinition(authored: json)
            _ = try? MCPServer(authored: json)
            _ = try? ToolSource(authored: json)
            return nil
        }
    }

    private static func graph(_ json: JSONValue) -> String? {
        guard let graph = try? WorkflowGraph(json: json, id: runID) else { return nil }
        _ = graph.problems()
        _ = graph.warnings()
        guard let again = try? WorkflowGraph(json: graph.json, id: runID) else {
            return "a graph does not read its own form"
        }
        return again.json == graph.json ? nil : "a graph's form changes when it is read"
    }

    private static func state(_ json: JSONValue) -> String? {
        guard let state = try? WorkflowState(json: json, runID: runID, now: now) else { return nil }
        guard let again = try? WorkflowState(json: state.json, runID: runID, now: now) else {
            return "a state does not read its own form"
        }
        return again.json == state.json ? nil : "a state's form changes when it is read"
    }

    private static func action(_ json: JSONValue) -> String? {
        guard let action = try? WorkflowAction(json: json) else { return nil }
        guard let again = try? WorkflowAction(json: action.json) else {
            return "an action does not read its own form"
        }
        return again.json == action.json ? nil : "an action's form changes when it is read"
    }
}
