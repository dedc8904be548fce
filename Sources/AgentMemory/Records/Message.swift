public import FoundationEssentials
public import JSONModel
public import StoreContracts

/// One message of an episode.
public struct Message: Hashable, Sendable, Identifiable {
    /// Who says something.
    public enum Role: String, Hashable, Sendable, CaseIterable {
        case user
        case assistant
        case system
        case tool
    }

    /// The id.
    public var id: UUID
    /// Who said it.
    public var role: Role
    /// The text; may be empty.
    public var content: String
    /// When it was said.
    public var timestamp: Date
    /// Anything else that is known of it.
    public var metadata: JSONObject

    /// Makes a record; it is checked when it is stored.
    public init(
        id: UUID,
        role: Role,
        content: String,
        timestamp: Date,
        metadata: JSONObject = [:]
    ) {
        self.id = id
        self.role = role
        self.content = content
        self.timestamp = timestamp
        self.metadata = metadata
    }

    /// Reads the JSON form with snake_case keys; unknown keys are ignored, absent ones take their defaults.
    ///
    /// - Throws: `invalidArgument` with the field.
    public init(json: JSONValue) throws(StoreError) {
        let fields = try RecordFields(json)
        self.init(
            id: try fields.required(fields.id("id"), "id"),
            role: try fields.required(
                fields.optional("role", "a known role") { $0.stringValue.flatMap(Role.init(rawValue:)) },
                "role"),
            content: try fields.required(fields.text("content"), "content"),
            timestamp: try fields.required(fields.date("timestamp"), "timestamp"),
            metadata: try fields.object("metadata") ?? [:])
        try validate()
    }

    /// The JSON form; absent fields are left out.
    public var json: JSONValue {
        var object = JSONObject()
        object["id"] = .string(id.text)
        object["role"] = .string(role.rawValue)
        object["content"] = .string(content)
        object["timestamp"] = timestamp.memoryJSON
        object["metadata"] = .object(metadata)
        return .object(object)
    }

    /// Checks the rules of the record.
    ///
    /// - Throws: `invalidArgument` with the field.
    package func validate() throws(StoreError) {
        try RecordRules.text(content, "content", mayBeEmpty: true)
        try RecordRules.json(metadata, "metadata")
    }

    /// The record as a store keeps it: instants in milliseconds, an empty vector as none.
    package var stored: Message {
        var copy = self
        copy.timestamp = timestamp.memoryPrecision
        return copy
    }
}
