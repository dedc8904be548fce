/// Says that a node tried to change what it has no grant for; the run fails and keeps nothing of the action.
public struct PermissionDeniedError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The node.
    public var nodeID: String
    /// What its action does.
    public var actionType: ActionType
    /// The grants that are missing, sorted; empty for an action of an unknown type, which nobody may do.
    public var missing: [String]

    /// Creates the error.
    public init(nodeID: String, actionType: ActionType, missing: [String]) {
        self.nodeID = nodeID
        self.actionType = actionType
        self.missing = missing
    }

    /// The node, the action and the remedy.
    public var description: String {
        let reason =
            missing.isEmpty
            ? "nobody may do that" : "add `\(missing.joined(separator: "`, `"))` to its write keys"
        return "node `\(nodeID)` may not do `\(actionType.rawValue)`: \(reason)"
    }
}
