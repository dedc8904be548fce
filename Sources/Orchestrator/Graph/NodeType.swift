package import JSONModel

/// Names a kind of node; the raw value is the wire name.
///
/// Open: a kind that this version does not execute can be read, listed and stored; ``WorkflowGraph/problems()``
/// reports it.
public struct NodeType: RawRepresentable, Sendable, Hashable {
    /// The wire name.
    public var rawValue: String

    /// Names a kind.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Calls the handler of an agent.
    public static let agent = NodeType(rawValue: "agent")
    /// Calls the handler of a tool.
    public static let tool = NodeType(rawValue: "tool")
    /// Does nothing but host conditional edges.
    public static let router = NodeType(rawValue: "router")
    /// Pauses until a person decides.
    public static let approval = NodeType(rawValue: "approval")
    /// Runs a worker node over many items.
    public static let map = NodeType(rawValue: "map")
    /// Lets a handler choose the next of its managed nodes.
    public static let supervisor = NodeType(rawValue: "supervisor")

    /// The kinds that this version executes.
    public static let executable: Set<NodeType> = [.agent, .tool, .router, .approval, .map, .supervisor]
    static let synthesizer = NodeType(rawValue: "synthesizer")
    static let verifier = NodeType(rawValue: "verifier")
    static let voting = NodeType(rawValue: "voting")
    static let subgraph = NodeType(rawValue: "subgraph")
}

extension NodeType: JSONConvertible {
    package init(json: JSONValue) throws(WorkflowShapeError) {
        rawValue = try String(json: json)
    }

    package var json: JSONValue { .string(rawValue) }
}
