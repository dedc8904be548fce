public import FoundationEssentials
public import JSONModel

/// One recorded change of a run, made by a node: the only way that nodes change a state.
public struct WorkflowAction: Sendable, Equatable {
    /// The action's id.
    public var id: UUID
    /// What it does.
    public var payload: ActionPayload
    /// A key for audits; not enforced by any store.
    public var idempotencyKey: String
    /// What would undo it.
    public var compensation: Compensation?
    /// What would undo parts of it.
    public var compensationEntries: [CompensationEntry]?
    /// Who, when, and what it used.
    public var metadata: ActionMetadata
    /// JSON keys that this version does not know, verbatim.
    public var additionalFields: JSONObject = [:]

    /// The type, as on the wire.
    public var type: ActionType { payload.type }

    /// Creates an action from its fields.
    public init(
        id: UUID, payload: ActionPayload, idempotencyKey: String, compensation: Compensation? = nil,
        compensationEntries: [CompensationEntry]? = nil, metadata: ActionMetadata
    ) {
        self.id = id
        self.payload = payload
        self.idempotencyKey = idempotencyKey
        self.compensation = compensation
        self.compensationEntries = compensationEntries
        self.metadata = metadata
    }

    /// Reads an action and checks its envelope and its payload.
    ///
    /// - Throws: `WorkflowShapeError` with the place of the first difference.
    public init(json: JSONValue) throws(WorkflowShapeError) {
        var fields = try FieldReader(json)
        let type = ActionType(rawValue: try fields.required("type"))
        let body: JSONObject = try fields.required("payload")
        do {
            payload = try ActionPayload(type: type, fields: body)
        } catch {
            throw error.inside("payload")
        }
        id = try fields.required("id")
        idempotencyKey = try fields.required("idempotency_key")
        compensation = try fields.optional("compensation")
        compensationEntries = try fields.optional("compensation_entries")
        metadata = try fields.required("metadata")
        additionalFields = fields.remaining
    }

    /// The JSON form, as it stands in the event log.
    public var json: JSONValue {
        var fields = FieldWriter(additionalFields)
        fields.write(id, as: "id")
        fields.write(type.rawValue, as: "type")
        fields.write(payload.fields, as: "payload")
        fields.write(idempotencyKey, as: "idempotency_key")
        fields.write(compensation, as: "compensation")
        fields.write(compensationEntries, as: "compensation_entries")
        fields.write(metadata, as: "metadata")
        return fields.json
    }
}

extension WorkflowAction: JSONConvertible {}
