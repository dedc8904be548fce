/// A pattern over label paths: `lquery` of the extension ltree.
///
/// Source: PostgreSQL 18 manual, "ltree".
public struct PostgresLQuery: Sendable, PostgresWrappedText {
    /// The text, which only the server checks.
    public let text: String

    package init(text: String) { self.text = text }

    /// Unspecified: the number of an extension's type differs from database to database.
    public static var postgresType: PostgresOID { .unspecified }

    /// `lquery`, wherever `search_path` finds it.
    public static var postgresTypeName: String? { "lquery" }

    package static var hasVersionByte: Bool { true }
}
