/// One object of a schema as the server describes it, without the schema's name.
public struct CatalogEntry: Sendable, Hashable {
    /// `table`, `column`, `constraint`, `index`, `policy`, `trigger`, `view`, `sequence`, `function`, `enum`, `grant`
    /// or `default grant`.
    public let kind: String
    /// Its name, below its table's where it has one: `runs.id`.
    public let object: String
    /// What defines it.
    public let definition: String

    /// Describes an object.
    public init(kind: String, object: String, definition: String) {
        self.kind = kind
        self.object = object
        self.definition = definition
    }
}
