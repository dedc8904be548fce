/// A full-text-like condition over label paths: `ltxtquery` of the extension ltree.
///
/// Source: PostgreSQL 18 manual, "ltree".
public struct PostgresLTxtQuery: Sendable, PostgresWrappedText {
    /// The text, which only the server checks.
    public let text: String

    package init(text: String) { self.text = text }

    /// Unspecified: the number of an extension's type differs from database to database.
    public static var postgresType: PostgresOID { .unspecified }

    /// `ltxtquery`, wherever `search_path` finds it.
    public static var postgresTypeName: String? { "ltxtquery" }

    package static var hasVersionByte: Bool { true }
}
