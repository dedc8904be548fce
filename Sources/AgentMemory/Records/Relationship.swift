public import FoundationEssentials
public import JSONModel
public import StoreContracts

/// A directed edge between two entities that holds for a time.
public struct Relationship: Hashable, Sendable, Identifiable {
    /// The id.
    public var id: UUID
    /// Where the edge begins.
    public var sourceID: UUID
    /// Where it ends.
    public var targetID: UUID
    /// Its kind, as `works_at`; not empty.
    public var relationType: String
    /// How strong it is, 0 to 1.
    public var weight: Double
    /// Anything else that is known of it.
    public var attributes: JSONObject
    /// Since when it holds.
    public var validFrom: Date
    /// Since when it holds no more; nil while it holds.
    public var validUntil: Date?
    /// Where it comes from.
    public var provenance: Provenance
    /// What made it void: an id or a reason, not empty.
    public var invalidatedBy: String?

    /// Makes a record; it is checked when it is stored.
    public init(
        id: UUID,
        sourceID: UUID,
        targetID: UUID,
        relationType: String,
        weight: Double = 1,
        attributes: JSONObject = [:],
        validFrom: Date,
        validUntil: Date? = nil,
        provenance: Provenance,
        invalidatedBy: String? = nil
    ) {
        self.id = id
        self.sourceID = sourceID
        self.targetID = targetID
        self.relationType = relationType
        self.weight = weight
        self.attributes = attributes
        self.validFrom = validFrom
        self.validUntil = validUntil
        self.provenance = provenance
        self.invalidatedBy = invalidatedBy
    }

    /// Reads the JSON form with snake_case keys; unknown keys are ignored, absent ones take their defaults.
    ///
    /// - Throws: `invalidArgument` with the field.
    public init(json: JSONValue) throws(StoreError) {
        let fields = try RecordFields(json)
        self.init(
            id: try fields.required(fields.id("id"), "id"),
            sourceID: try fields.required(fields.id("source_id"), "source_id"),
            targetID: try fields.required(fields.id("target_id"), "target_id"),
            relationType: try fields.required(fields.text("relation_type"), "relation_type"),
            weight: try fields.double("weight") ?? 1,
            attributes: try fields.object("attributes") ?? [:],
            validFrom: try fields.required(fields.date("valid_from"), "valid_from"),
            validUntil: try fields.date("valid_until"),
            provenance: try Provenance(json: fields.required(fields.value("provenance"), "provenance")),
            invalidatedBy: try fields.text("invalidated_by"))
        try validate()
    }

    /// The JSON form; absent fields are left out.
    public var json: JSONValue {
        var object = JSONObject()
        object["id"] = .string(id.text)
        object["source_id"] = .string(sourceID.text)
        object["target_id"] = .string(targetID.text)
        object["relation_type"] = .string(relationType)
        object["weight"] = .number(weight)
        object["attributes"] = .object(attributes)
        object["valid_from"] = validFrom.memoryJSON
        object.write(validUntil.map { $0.memoryJSON }, as: "valid_until")
        object["provenance"] = provenance.json
        object.write(invalidatedBy.map { .string($0) }, as: "invalidated_by")
        return .object(object)
    }

    /// Checks the rules of the record.
    ///
    /// - Throws: `invalidArgument` with the field.
    package func validate() throws(StoreError) {
        try RecordRules.text(relationType, "relation_type")
        try RecordRules.share(weight, "weight")
        try RecordRules.json(attributes, "attributes")
        if let invalidatedBy { try RecordRules.text(invalidatedBy, "invalidated_by") }
        try provenance.validate()
    }

    /// The record as a store keeps it: instants in milliseconds, an empty vector as none.
    package var stored: Relationship {
        var copy = self
        copy.provenance = provenance.stored
        copy.weight = Double(Float(weight).description) ?? weight
        copy.validFrom = validFrom.memoryPrecision
        copy.validUntil = validUntil?.memoryPrecision
        return copy
    }
}
