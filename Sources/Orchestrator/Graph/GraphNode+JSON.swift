public import JSONModel

extension GraphNode: JSONConvertible {
    /// Reads a node; unknown kinds and keys are kept.
    ///
    /// - Throws: `WorkflowShapeError` with the place of the first difference. Bounds are left to validation.
    public init(json: JSONValue) throws(WorkflowShapeError) {
        var fields = try FieldReader(json)
        self.init(id: try fields.required("id"), type: try fields.required("type"))
        agentID = try fields.optional("agent_id")
        toolID = try fields.optional("tool_id")
        handlerID = try fields.optional("handler_id")
        readKeys = try fields.value("read_keys", default: [])
        writeKeys = try fields.value("write_keys", default: [])
        defaultWriteKey = try fields.optional("default_write_key")
        failurePolicy = try fields.value("failure_policy", default: FailurePolicy())
        budget = try fields.optional("budget")
        requiresCompensation = try fields.value("requires_compensation", default: false)
        approvalConfig = try fields.optional("approval_config")
        mapConfig = try fields.optional("map_reduce_config")
        supervisorConfig = try fields.optional("supervisor_config")
        metadata = try fields.optional("metadata")
        additionalFields = fields.remaining
    }

    /// The JSON form.
    public var json: JSONValue {
        var fields = FieldWriter(additionalFields)
        fields.write(id, as: "id")
        fields.write(type, as: "type")
        fields.write(agentID, as: "agent_id")
        fields.write(toolID, as: "tool_id")
        fields.write(handlerID, as: "handler_id")
        fields.write(readKeys, as: "read_keys")
        fields.write(writeKeys, as: "write_keys")
        fields.write(defaultWriteKey, as: "default_write_key")
        fields.write(failurePolicy, as: "failure_policy")
        fields.write(budget, as: "budget")
        fields.write(requiresCompensation, as: "requires_compensation")
        fields.write(approvalConfig, as: "approval_config")
        fields.write(mapConfig, as: "map_reduce_config")
        fields.write(supervisorConfig, as: "supervisor_config")
        fields.write(metadata, as: "metadata")
        return fields.json
    }
}
