public import JSONModel

/// Says where an untrusted memory value came from.
///
/// The runtime carries it and does not interpret it.
public struct TaintMetadata: Sendable, Equatable {
    /// The kind of source, for example `mcp_tool`, `agent_response` or `derived`.
    public var source: String
    /// When the value was marked, verbatim as written.
    public var createdAt: String
    /// All other fields (`tool_name`, `server_id`, `derived_from`, …), verbatim.
    public var details: JSONObject

    /// Creates metadata from its fields.
    public init(source: String, createdAt: String, details: JSONObject = [:]) {
        self.source = source
        self.createdAt = createdAt
        self.details = details
    }
}

extension TaintMetadata: JSONConvertible {
    package init(json: JSONValue) throws(WorkflowShapeError) {
        var fields = try FieldReader(json)
        source = try fields.required("source")
        createdAt = try fields.required("created_at")
        details = fields.remaining
    }

    package var json: JSONValue {
        var fields = FieldWriter(details)
        fields.write(source, as: "source")
        fields.write(createdAt, as: "created_at")
        return fields.json
    }
}
