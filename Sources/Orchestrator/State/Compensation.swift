public import JSONModel

/// Describes an action that undoes another one: a type and a payload, without an envelope.
public struct Compensation: Sendable, Equatable {
    /// The action type, as on the wire.
    public var type: String
    /// The payload, verbatim.
    public var payload: JSONObject

    /// Creates a compensation from its fields.
    public init(type: String, payload: JSONObject = [:]) {
        self.type = type
        self.payload = payload
    }
}

extension Compensation: JSONConvertible {
    package init(json: JSONValue) throws(WorkflowShapeError) {
        var fields = try FieldReader(json)
        type = try fields.required("type")
        payload = try fields.value("payload", default: [:])
    }

    package var json: JSONValue {
        var fields = FieldWriter()
        fields.write(type, as: "type")
        fields.write(payload, as: "payload")
        return fields.json
    }
}
