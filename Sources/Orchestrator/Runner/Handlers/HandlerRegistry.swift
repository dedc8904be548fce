/// The handlers of a process, by the id that nodes name.
///
/// A node names its handler by `handler_id`, else by `agent_id`, `tool_id` or the supervisor's agent.
public struct HandlerRegistry: Sendable {
    private var handlers: [String: any NodeHandler]

    /// Creates a registry.
    public init(_ handlers: [String: any NodeHandler] = [:]) {
        self.handlers = handlers
    }

    /// The handler with an id.
    public subscript(id: String) -> (any NodeHandler)? {
        get { handlers[id] }
        set { handlers[id] = newValue }
    }

    /// Registers a closure under an id.
    public mutating func register(
        _ id: String, _ body: @escaping @Sendable (NodeContext) async throws -> NodeOutcome
    ) {
        handlers[id] = ClosureHandler(body)
    }

    /// Registers a handler under an id.
    public mutating func register(_ id: String, _ handler: any NodeHandler) {
        handlers[id] = handler
    }

    /// The handler that a node names; nil if there is none or the node needs none.
    func handler(for node: GraphNode) -> (any NodeHandler)? {
        node.resolvedHandlerID.flatMap { handlers[$0] }
    }

    /// The nodes of a graph that need a handler which is not here.
    func unwiredNodes(of graph: WorkflowGraph) -> [String] {
        let kinds: Set<NodeType> = [.agent, .tool, .supervisor]
        return graph.nodes.filter { kinds.contains($0.type) && handler(for: $0) == nil }.map(\.id)
    }
}

extension HandlerRegistry: ExpressibleByDictionaryLiteral {
    /// Creates a registry from ids and handlers.
    public init(dictionaryLiteral elements: (String, any NodeHandler)...) {
        self.init(Dictionary(elements, uniquingKeysWith: { $1 }))
    }
}
