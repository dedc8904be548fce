public import JSONModel

/// Records one tool call of a node execution.
public struct ToolExecution: Sendable, Equatable {
    /// The tool's name.
    public var tool: String
    /// Its arguments, if recorded.
    public var arguments: JSONValue?
    /// Its result, if recorded.
    public var result: JSONValue?

    /// Creates a record from its fields.
    public init(tool: String, arguments: JSONValue? = nil, result: JSONValue? = nil) {
        self.tool = tool
        self.arguments = arguments
        self.result = result
    }
}

extension ToolExecution: JSONConvertible {
    package init(json: JSONValue) throws(WorkflowShapeError) {
        var fields = try FieldReader(json)
        tool = try fields.required("tool")
        arguments = fields.verbatim("args")
        result = fields.verbatim("result")
    }

    package var json: JSONValue {
        var fields = FieldWriter()
        fields.write(tool, as: "tool")
        fields.write(arguments, as: "args")
        fields.write(result, as: "result")
        return fields.json
    }
}
