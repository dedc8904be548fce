public import FoundationEssentials
public import JSONModel
public import StoreContracts

/// A node of the knowledge graph.
public struct Entity: Hashable, Sendable, Identifiable {
    /// The id.
    public var id: UUID
    /// Its name; not empty.
    public var name: String
    /// Its kind, as `person`; not empty, the vocabulary is free.
    public var entityType: String
    /// Anything else that is known of it.
    public var attributes: JSONObject
    /// The vector that searches compare; nil if it has none.
    public var embedding: [Float]?
    /// Where it comes from.
    public var provenance: Provenance
    /// When it was first stored; a later put keeps it.
    public var createdAt: Date
    /// When it was last changed.
    public var updatedAt: Date
    /// When it was given up; nil while it holds.
    public var invalidatedAt: Date?
    /// The entity that replaced it.
    public var supersededBy: UUID?

    /// Makes a record; it is checked when it is stored.
    public init(
        id: UUID,
        name: String,
        entityType: String,
        attributes: JSONObject = [:],
        embedding: [Float]? = nil,
        provenance: Provenance,
        createdAt: Date,
        updatedAt: Date,
        invalidatedAt: Date? = nil,
        supersededBy: UUID? = nil
    ) {
        self.id = id
        self.name = name
        self.entityType = entityType
        self.attributes = attributes
        self.embedding = embedding
        self.provenance = provenance
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.invalidatedAt = invalidatedAt
        self.supersededBy = supersededBy
    }

    /// Reads the JSON form with snake_case keys; unknown keys are ignored, absent ones take their defaults.
    ///
    /// - Throws: `invalidArgument` with the field.
    public init(json: JSONValue) throws(StoreError) {
        let fields = try RecordFields(json)
        self.init(
            id: try fields.required(fields.id("id"), "id"),
            name: try fields.required(fields.text("name"), "name"),
            entityType: try fields.required(fields.text("entity_type"), "entity_type"),
            attributes: try fields.object("attributes") ?? [:],
            embedding: try fields.vector("embedding"),
            provenance: try Provenance(json: fields.required(fields.value("provenance"), "provenance")),
            createdAt: try fields.required(fields.date("created_at"), "created_at"),
            updatedAt: try fields.required(fields.date("updated_at"), "updated_at"),
            invalidatedAt: try fields.date("invalidated_at"),
            supersededBy: try fields.id("superseded_by"))
        try validate()
    }

    /// The JSON form; absent fields are left out.
    public var json: JSONValue {
        var object = JSONObject()
        object["id"] = .string(id.text)
        object["name"] = .string(name)
        object["entity_type"] = .string(entityType)
        object["attributes"] = .object(attributes)
        object.write(.vector(embedding), as: "embedding")
        object["provenance"] = provenance.json
        object["created_at"] = createdAt.memoryJSON
        object["updated_at"] = updatedAt.memoryJSON
        object.write(invalidatedAt.map { $0.memoryJSON }, as: "invalidated_at")
        object.write(supersededBy.map { .string($0.text) }, as: "superseded_by")
        return .object(object)
    }

    /// Checks the rules of the record.
    ///
    /// - Throws: `invalidArgument` with the field.
    package func validate() throws(StoreError) {
        try RecordRules.text(name, "name")
        try RecordRules.text(entityType, "entity_type")
        try RecordRules.json(attributes, "attributes")
        try RecordRules.vector(embedding)
        try provenance.validate()
    }

    /// The record as a store keeps it: instants in milliseconds, an empty vector as none.
    package var stored: Entity {
        var copy = self
        copy.provenance = provenance.stored
        copy.embedding = embedding.unlessEmpty
        copy.createdAt = createdAt.memoryPrecision
        copy.updatedAt = updatedAt.memoryPrecision
        copy.invalidatedAt = invalidatedAt?.memoryPrecision
        return copy
    }
}
