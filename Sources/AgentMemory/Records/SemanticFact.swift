public import FoundationEssentials
public import JSONModel
public import StoreContracts

/// A statement that holds for a time.
public struct SemanticFact: Hashable, Sendable, Identifiable {
    /// The id.
    public var id: UUID
    /// The statement; not empty.
    public var content: String
    /// The episodes that it was taken from.
    public var sourceEpisodeIDs: [UUID]
    /// The entities that it is about.
    public var entityIDs: [UUID]
    /// The theme that it was sorted into.
    public var themeID: UUID?
    /// The vector that searches compare; nil if it has none.
    public var embedding: [Float]?
    /// Where it comes from.
    public var provenance: Provenance
    /// Since when it holds.
    public var validFrom: Date
    /// Since when it holds no more; nil while it holds.
    public var validUntil: Date?
    /// What made it void: the fact that won, or a reason; not empty.
    public var invalidatedBy: String?
    /// How often it was retrieved.
    public var accessCount: Int
    /// When it was last retrieved.
    public var lastAccessedAt: Date?
    /// Free tags, in order; see `MemoryTag`.
    public var tags: [String]

    /// Makes a record; it is checked when it is stored.
    public init(
        id: UUID,
        content: String,
        sourceEpisodeIDs: [UUID] = [],
        entityIDs: [UUID] = [],
        themeID: UUID? = nil,
        embedding: [Float]? = nil,
        provenance: Provenance,
        validFrom: Date,
        validUntil: Date? = nil,
        invalidatedBy: String? = nil,
        accessCount: Int = 0,
        lastAccessedAt: Date? = nil,
        tags: [String] = []
    ) {
        self.id = id
        self.content = content
        self.sourceEpisodeIDs = sourceEpisodeIDs
        self.entityIDs = entityIDs
        self.themeID = themeID
        self.embedding = embedding
        self.provenance = provenance
        self.validFrom = validFrom
        self.validUntil = validUntil
        self.invalidatedBy = invalidatedBy
        self.accessCount = accessCount
        self.lastAccessedAt = lastAccessedAt
        self.tags = tags
    }

    /// Reads the JSON form with snake_case keys; unknown keys are ignored, absent ones take their defaults.
    ///
    /// - Throws: `invalidArgument` with the field.
    public init(json: JSONValue) throws(StoreError) {
        let fields = try RecordFields(json)
        self.init(
            id: try fields.required(fields.id("id"), "id"),
            content: try fields.required(fields.text("content"), "content"),
            sourceEpisodeIDs: try fields.ids("source_episode_ids") ?? [],
            entityIDs: try fields.ids("entity_ids") ?? [],
            themeID: try fields.id("theme_id"),
            embedding: try fields.vector("embedding"),
            provenance: try Provenance(json: fields.required(fields.value("provenance"), "provenance")),
            validFrom: try fields.required(fields.date("valid_from"), "valid_from"),
            validUntil: try fields.date("valid_until"),
            invalidatedBy: try fields.text("invalidated_by"),
            accessCount: try fields.integer("access_count") ?? 0,
            lastAccessedAt: try fields.date("last_accessed_at"),
            tags: try fields.texts("tags") ?? [])
        try validate()
    }

    /// The JSON form; absent fields are left out.
    public var json: JSONValue {
        var object = JSONObject()
        object["id"] = .string(id.text)
        object["content"] = .string(content)
        object["source_episode_ids"] = .array(sourceEpisodeIDs.map { .string($0.text) })
        object["entity_ids"] = .array(entityIDs.map { .string($0.text) })
        object.write(themeID.map { .string($0.text) }, as: "theme_id")
        object.write(.vector(embedding), as: "embedding")
        object["provenance"] = provenance.json
        object["valid_from"] = validFrom.memoryJSON
        object.write(validUntil.map { $0.memoryJSON }, as: "valid_until")
        object.write(invalidatedBy.map { .string($0) }, as: "invalidated_by")
        object["access_count"] = .number(accessCount)
        object.write(lastAccessedAt.map { $0.memoryJSON }, as: "last_accessed_at")
        object["tags"] = .array(tags.map { .string($0) })
        return .object(object)
    }

    /// Checks the rules of the record.
    ///
    /// - Throws: `invalidArgument` with the field.
    package func validate() throws(StoreError) {
        try RecordRules.text(content, "content")
        try RecordRules.texts(tags, "tags")
        if let invalidatedBy { try RecordRules.text(invalidatedBy, "invalidated_by") }
        guard (0...Int(Int32.max)).contains(accessCount) else {
            throw RecordFields.fault("access_count", "it does not lie in 0...2147483647")
        }
        try RecordRules.vector(embedding)
        try provenance.validate()
    }

    /// The record as a store keeps it: instants in milliseconds, an empty vector as none.
    package var stored: SemanticFact {
        var copy = self
        copy.provenance = provenance.stored
        copy.embedding = embedding.unlessEmpty
        copy.validFrom = validFrom.memoryPrecision
        copy.validUntil = validUntil?.memoryPrecision
        copy.lastAccessedAt = lastAccessedAt?.memoryPrecision
        return copy
    }
}
