/// Says why an edge with a condition was not taken although nothing said that it is false.
public struct ConditionFailure: Sendable, Hashable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Reason: Sendable, Hashable {
        /// A conditional edge without an expression.
        case missingExpression
        /// The expression does not compile.
        case malformed(ConditionSyntaxError)
        /// The expression has no value in this state.
        case unevaluable(ConditionEvaluationError)
        /// The kind of condition is not known.
        case unknownType(String)
        /// The expression reads untrusted memory: refused in a strict graph, else only worth a warning.
        case tainted(keys: [String], isRefused: Bool)
        /// The edge leads to a node that does not exist.
        case missingTarget(String)
    }

    /// The edge.
    public var edgeID: String
    /// What happened.
    public var reason: Reason

    /// The edge and the reason in one line, for a log.
    public var description: String {
        let detail =
            switch reason {
            case .missingExpression: "it has no expression"
            case .malformed(let error): error.description
            case .unevaluable(let error): error.description
            case .unknownType(let type): "the condition type `\(type)` is unknown"
            case .tainted(let keys, let isRefused):
                "its condition reads untrusted memory (\(keys.joined(separator: ", ")))"
                    + (isRefused ? "" : "; allowed, since the graph is not strict")
            case .missingTarget(let node): "its target `\(node)` does not exist"
            }
        return "edge `\(edgeID)`: \(detail)"
    }
}
