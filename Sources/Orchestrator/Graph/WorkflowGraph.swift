public import FoundationEssentials
public import JSONModel

/// Defines a workflow: nodes, and edges that say what comes after what.
///
/// A value like any other; ``problems()`` says whether it can run.
public struct WorkflowGraph: Sendable, Hashable {
    /// How many nodes, edges and end nodes a graph may have, each.
    public static let maxElements = 10_000
    /// How many declared inputs and outputs a graph may have, each.
    public static let maxPorts = 1000

    /// The graph's id.
    public var id: UUID
    /// Its name.
    public var name: String
    /// What it is for.
    public var summary: String?
    /// The nodes.
    public var nodes: [GraphNode]
    /// The edges, in the order in which they are tried.
    public var edges: [GraphEdge]
    /// The node that a run starts with.
    public var startNode: String
    /// The nodes after which a run is complete; they are executed too.
    public var endNodes: [String]
    /// Whether conditions that read untrusted memory are false.
    public var isTaintStrict = false
    /// Whether reading a key that nobody writes is an error.
    public var areKeysStrict = false
    /// The declared inputs, verbatim.
    public var inputs: JSONObject?
    /// The declared outputs, verbatim.
    public var outputs: JSONObject?
    /// JSON keys that this version does not know, verbatim.
    public var additionalFields: JSONObject = [:]

    /// Creates a graph.
    public init(
        id: UUID = UUID(), name: String, summary: String? = nil, nodes: [GraphNode], edges: [GraphEdge],
        startNode: String, endNodes: [String]
    ) {
        self.id = id
        self.name = name
        self.summary = summary
        self.nodes = nodes
        self.edges = edges
        self.startNode = startNode
        self.endNodes = endNodes
    }

    /// The node with this id; nil if there is none.
    ///
    /// Costs a pass over the nodes; see ``GraphIndex``.
    public func node(_ id: String) -> GraphNode? {
        nodes.first { $0.id == id }
    }
}

extension WorkflowGraph {
    /// Reads a graph as it was stored.
    ///
    /// Missing keys get their defaults, so that any stored graph can be listed; whether it can run is the question of
    /// ``problems()``. Unknown keys are kept at every level.
    ///
    /// - Parameters:
    ///   - json: The stored definition.
    ///   - id: The graph's id if the definition has none.
    /// - Throws: `WorkflowShapeError` with the place of the first value of a wrong kind.
    public init(json: JSONValue, id: UUID = UUID()) throws(WorkflowShapeError) {
        var fields = try FieldReader(json)
        self.init(
            id: try fields.value("id", default: id),
            name: try fields.value("name", default: ""),
            summary: try fields.optional("description"),
            nodes: try fields.value("nodes", default: []),
            edges: try fields.value("edges", default: []),
            startNode: try fields.value("start_node", default: ""),
            endNodes: try fields.value("end_nodes", default: []))
        isTaintStrict = try fields.value("strict_taint", default: false)
        areKeysStrict = try fields.value("strict_keys", default: false)
        inputs = try fields.optional("inputs")
        outputs = try fields.optional("outputs")
        additionalFields = fields.remaining
    }

    /// The JSON form: the whole definition.
    public var json: JSONValue {
        var fields = FieldWriter(additionalFields)
        fields.write(id, as: "id")
        fields.write(name, as: "name")
        fields.write(summary, as: "description")
        fields.write(nodes, as: "nodes")
        fields.write(edges, as: "edges")
        fields.write(startNode, as: "start_node")
        fields.write(endNodes, as: "end_nodes")
        fields.write(isTaintStrict, as: "strict_taint")
        fields.write(areKeysStrict, as: "strict_keys")
        fields.write(inputs, as: "inputs")
        fields.write(outputs, as: "outputs")
        return fields.json
    }
}
