import FoundationEssentials
import JSONModel
import Orchestrator

/// Conditions of edges, as a stored graph may have them, on a state with a bit of everything.
enum ConditionBody {
    private static let state: WorkflowState? = try? WorkflowState(
        json: [
            "workflow_id": "00000000-0000-0000-0000-000000000001", "goal": "g",
            "memory": ["a": 1, "b": "text", "c": [1, 2, 3], "d": ["e": nil], "f": 1.5, "t": true],
        ], now: Date(timeIntervalSince1970: 1_700_000_000))

    static func complaint(_ bytes: [UInt8]) -> String? {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let state else { return "the state of the conditions cannot be read" }
        guard let expression = try? ConditionExpression(text) else { return nil }
        _ = try? expression.value(in: state)
        _ = try? expression.isTrue(in: state)
        _ = expression.taintedKeys(in: state)
        return nil
    }
}
