public import FoundationEssentials
public import JSONModel
public import StoreContracts

/// The row of a graph.
public struct GraphRecord: Hashable, Sendable {
    /// The graph.
    public var id: UUID
    /// Its name.
    public var name: String
    /// Its description, if it has one.
    public var graphDescription: String?
    /// The definition as it was saved, unknown keys included.
    public var definition: JSONValue
    /// Always `1.0.0` so far.
    public var version: String?
    /// When the graph was first saved.
    public var createdAt: Date
    /// When the graph was last saved.
    public var updatedAt: Date
    /// The tenant that owns the graph.
    public var tenantID: TenantID

    /// Creates the record of a graph.
    public init(
        id: UUID, name: String, graphDescription: String?, definition: JSONValue, version: String? = "1.0.0",
        createdAt: Date, updatedAt: Date, tenantID: TenantID = .seed
    ) {
        self.id = id
        self.name = name
        self.graphDescription = graphDescription
        self.definition = definition
        self.version = version
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.tenantID = tenantID
    }

    /// The place of this row in `listGraphs(_:)`.
    public var cursor: PageCursor { PageCursor(instant: updatedAt, id: id) }
}
