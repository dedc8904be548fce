public import JSONModel

/// Leads from one node to the next.
public struct GraphEdge: Sendable, Hashable {
    /// The edge's id, unique in the graph.
    public var id: String
    /// The node that it leaves.
    public var source: String
    /// The node that it leads to.
    public var target: String
    /// When it is taken.
    public var condition: EdgeCondition
    /// Free-form notes for people and tools.
    public var metadata: JSONObject?
    /// JSON keys that this version does not know, verbatim.
    public var additionalFields: JSONObject = [:]

    /// Creates an edge; without an id it gets one from its ends.
    ///
    /// Two edges between the same nodes need ids of their own.
    public init(
        from source: String, to target: String, when condition: EdgeCondition = .always, id: String? = nil
    ) {
        self.id = id ?? "\(source)->\(target)"
        self.source = source
        self.target = target
        self.condition = condition
    }
}

extension GraphEdge: JSONConvertible {
    package init(json: JSONValue) throws(WorkflowShapeError) {
        var fields = try FieldReader(json)
        self.init(
            from: try fields.required("source"), to: try fields.required("target"),
            when: try fields.value("condition", default: .always), id: try fields.optional("id"))
        metadata = try fields.optional("metadata")
        additionalFields = fields.remaining
    }

    package var json: JSONValue {
        var fields = FieldWriter(additionalFields)
        fields.write(id, as: "id")
        fields.write(source, as: "source")
        fields.write(target, as: "target")
        fields.write(condition, as: "condition")
        fields.write(metadata, as: "metadata")
        return fields.json
    }
}
