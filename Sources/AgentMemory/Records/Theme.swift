public import FoundationEssentials
public import JSONModel
public import StoreContracts

/// A cluster of facts.
public struct Theme: Hashable, Sendable, Identifiable {
    /// The id.
    public var id: UUID
    /// Its name; not empty.
    public var label: String
    /// What it is about.
    public var summary: String
    /// Its facts; ids of facts that are gone may remain.
    public var factIDs: [UUID]
    /// The vector that searches compare; nil if it has none.
    public var embedding: [Float]?
    /// Where it comes from.
    public var provenance: Provenance

    /// Makes a record; it is checked when it is stored.
    public init(
        id: UUID,
        label: String,
        summary: String = "",
        factIDs: [UUID] = [],
        embedding: [Float]? = nil,
        provenance: Provenance
    ) {
        self.id = id
        self.label = label
        self.summary = summary
        self.factIDs = factIDs
        self.embedding = embedding
        self.provenance = provenance
    }

    /// Reads the JSON form with snake_case keys; unknown keys are ignored, absent ones take their defaults.
    ///
    /// - Throws: `invalidArgument` with the field.
    public init(json: JSONValue) throws(StoreError) {
        let fields = try RecordFields(json)
        self.init(
            id: try fields.required(fields.id("id"), "id"),
            label: try fields.required(fields.text("label"), "label"),
            summary: try fields.text("description") ?? "",
            factIDs: try fields.ids("fact_ids") ?? [],
            embedding: try fields.vector("embedding"),
            provenance: try Provenance(json: fields.required(fields.value("provenance"), "provenance")))
        try validate()
    }

    /// The JSON form; absent fields are left out.
    public var json: JSONValue {
        var object = JSONObject()
        object["id"] = .string(id.text)
        object["label"] = .string(label)
        object["description"] = .string(summary)
        object["fact_ids"] = .array(factIDs.map { .string($0.text) })
        object.write(.vector(embedding), as: "embedding")
        object["provenance"] = provenance.json
        return .object(object)
    }

    /// Checks the rules of the record.
    ///
    /// - Throws: `invalidArgument` with the field.
    package func validate() throws(StoreError) {
        try RecordRules.text(label, "label")
        try RecordRules.text(summary, "description", mayBeEmpty: true)
        try RecordRules.vector(embedding)
        try provenance.validate()
    }

    /// The record as a store keeps it: instants in milliseconds, an empty vector as none.
    package var stored: Theme {
        var copy = self
        copy.provenance = provenance.stored
        copy.embedding = embedding.unlessEmpty
        return copy
    }
}
