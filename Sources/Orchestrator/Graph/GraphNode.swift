public import JSONModel

/// One node of a graph.
///
/// All kinds share this type, as on the wire; the configuration that belongs to the kind is set. Use the factories
/// (`.agent(…)`, `.map(…)`) to build nodes that pass validation.
public struct GraphNode: Sendable, Hashable {
    /// The node's id, unique in the graph.
    public var id: String
    /// The kind.
    public var type: NodeType
    /// The agent to call.
    public var agentID: String?
    /// The tool to call.
    public var toolID: String?
    /// The handler to call; wins over agent and tool.
    public var handlerID: String?
    /// The memory keys that the node sees; `*` means all, a dot goes into a nested value.
    public var readKeys: [String] = []
    /// The memory keys that the node may change; `*` means all.
    public var writeKeys: [String] = []
    /// Where a plain text result goes.
    public var defaultWriteKey: String?
    /// How failures are treated.
    public var failurePolicy = FailurePolicy()
    /// What one execution may use.
    public var budget: NodeBudget?
    /// Whether the node's actions must say what undoes them.
    public var requiresCompensation = false
    /// The configuration of an approval node.
    public var approvalConfig: ApprovalConfig?
    /// The configuration of a map node.
    public var mapConfig: MapConfig?
    /// The configuration of a supervisor node.
    public var supervisorConfig: SupervisorConfig?
    /// Free-form notes for people and tools.
    public var metadata: JSONObject?
    /// All other JSON keys, verbatim: configurations of other kinds and keys that this version does not know.
    public var additionalFields: JSONObject = [:]

    /// Creates a node without configuration.
    public init(id: String, type: NodeType) {
        self.id = id
        self.type = type
    }

    /// The agent that a supervisor asks: its configuration's, else the node's own.
    public var supervisorAgentID: String? { supervisorConfig?.agentID ?? agentID }

    /// The id under which the node's handler is looked up; nil if the node names none.
    public var resolvedHandlerID: String? {
        if let handlerID { return handlerID }
        switch type {
        case .tool: return toolID
        case .supervisor: return supervisorAgentID
        default: return agentID
        }
    }
}
