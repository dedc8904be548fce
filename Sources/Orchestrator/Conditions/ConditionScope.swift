import JSONModel

/// Gives the root names of a condition their values.
///
/// The root is the whole state under its JSON names, and two more: `tainted` (is any memory value untrusted?) and
/// `tainted_keys` (which ones, sorted).
package struct ConditionScope: Sendable {
    private let state: WorkflowState

    /// Reads from a state.
    package init(_ state: WorkflowState) {
        self.state = state
    }

    /// The value that a dotted name leads to.
    func value(of path: [String]) -> ConditionValue {
        guard let name = path.first else { return .undefined }
        return root(name).value(at: path.dropFirst())
    }

    private func root(_ name: String) -> ConditionValue {
        switch name {
        case "memory": .object(state.memory)
        case "status": .string(state.status.rawValue)
        case "goal": .string(state.goal)
        case "iteration_count": .number(Double(state.iterationCount))
        case "current_node": state.currentNode.map(ConditionValue.string) ?? .undefined
        case "total_tokens_used": .number(Double(state.totalTokensUsed))
        case "total_cost_usd": .number(state.totalCostUSD)
        case "tainted": .bool(!state.taintRegistry.isEmpty)
        case "tainted_keys": .array(state.taintRegistry.keys.sorted().map(JSONValue.string))
        default: state.json[name].map(ConditionValue.init) ?? .undefined
        }
    }
}
