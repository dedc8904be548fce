public import JSONModel

/// Says when an edge is taken.
public struct EdgeCondition: Sendable, Hashable {
    /// The kind: `always`, `conditional`, or another, which is never taken.
    public var type: String
    /// The expression of a conditional edge; a missing, malformed or failing one is never true.
    public var expression: String?
    /// JSON keys that this version does not read, verbatim.
    public var additionalFields: JSONObject = [:]

    /// The type of a conditional edge.
    static let conditional = "conditional"

    /// Always taken.
    public static let always = EdgeCondition(type: "always")

    /// Taken when the expression is true; see ``ConditionExpression``.
    public static func when(_ expression: String) -> EdgeCondition {
        EdgeCondition(type: conditional, expression: expression)
    }

    private init(type: String, expression: String? = nil) {
        self.type = type
        self.expression = expression
    }
}

extension EdgeCondition: JSONConvertible {
    package init(json: JSONValue) throws(WorkflowShapeError) {
        var fields = try FieldReader(json)
        type = try fields.value("type", default: "always")
        expression = try fields.optional("condition")
        additionalFields = fields.remaining
    }

    package var json: JSONValue {
        var fields = FieldWriter(additionalFields)
        fields.write(type, as: "type")
        fields.write(expression, as: "condition")
        return fields.json
    }
}
