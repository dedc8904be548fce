public import FoundationEssentials
public import JSONModel
public import StoreContracts

/// A stretch of conversation.
public struct Episode: Hashable, Sendable, Identifiable {
    /// The id.
    public var id: UUID
    /// What it is about; may be empty.
    public var topic: String
    /// What was said, by time.
    public var messages: [Message]
    /// When its first message was said.
    public var startedAt: Date
    /// When its last message was said.
    public var endedAt: Date
    /// The vector that searches compare; nil if it has none.
    public var embedding: [Float]?
    /// The facts that were taken from it.
    public var factIDs: [UUID]
    /// Where it comes from.
    public var provenance: Provenance

    /// Makes a record; it is checked when it is stored.
    public init(
        id: UUID,
        topic: String,
        messages: [Message],
        startedAt: Date,
        endedAt: Date,
        embedding: [Float]? = nil,
        factIDs: [UUID] = [],
        provenance: Provenance
    ) {
        self.id = id
        self.topic = topic
        self.messages = messages
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.embedding = embedding
        self.factIDs = factIDs
        self.provenance = provenance
    }

    /// Reads the JSON form with snake_case keys; unknown keys are ignored, absent ones take their defaults.
    ///
    /// - Throws: `invalidArgument` with the field.
    public init(json: JSONValue) throws(StoreError) {
        let fields = try RecordFields(json)
        self.init(
            id: try fields.required(fields.id("id"), "id"),
            topic: try fields.required(fields.text("topic"), "topic"),
            messages: try Self.messages(fields),
            startedAt: try fields.required(fields.date("started_at"), "started_at"),
            endedAt: try fields.required(fields.date("ended_at"), "ended_at"),
            embedding: try fields.vector("embedding"),
            factIDs: try fields.ids("fact_ids") ?? [],
            provenance: try Provenance(json: fields.required(fields.value("provenance"), "provenance")))
        try validate()
    }

    /// The JSON form; absent fields are left out.
    public var json: JSONValue {
        var object = JSONObject()
        object["id"] = .string(id.text)
        object["topic"] = .string(topic)
        object["messages"] = .array(messages.map(\.json))
        object["started_at"] = startedAt.memoryJSON
        object["ended_at"] = endedAt.memoryJSON
        object.write(.vector(embedding), as: "embedding")
        object["fact_ids"] = .array(factIDs.map { .string($0.text) })
        object["provenance"] = provenance.json
        return .object(object)
    }

    private static func messages(_ fields: RecordFields) throws(StoreError) -> [Message] {
        let values = try fields.required(
            fields.optional("messages", "a list of messages") { $0.arrayValue }, "messages")
        var messages: [Message] = []
        for value in values { messages.append(try Message(json: value)) }
        return messages
    }

    /// Checks the rules of the record.
    ///
    /// - Throws: `invalidArgument` with the field.
    package func validate() throws(StoreError) {
        try RecordRules.text(topic, "topic", mayBeEmpty: true)
        for message in messages { try message.validate() }
        try RecordRules.vector(embedding)
        try provenance.validate()
    }

    /// The record as a store keeps it: instants in milliseconds, an empty vector as none.
    package var stored: Episode {
        var copy = self
        copy.provenance = provenance.stored
        copy.embedding = embedding.unlessEmpty
        copy.messages = messages.map(\.stored)
        copy.startedAt = startedAt.memoryPrecision
        copy.endedAt = endedAt.memoryPrecision
        return copy
    }
}
