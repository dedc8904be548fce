/// A path of labels with dots between them: `ltree` of the extension of this name.
///
/// Source: PostgreSQL 18 manual, "ltree".
public struct PostgresLTree: Sendable, PostgresWrappedText {
    /// The text, which only the server checks.
    public let text: String

    package init(text: String) { self.text = text }

    /// Unspecified: the number of an extension's type differs from database to database.
    public static var postgresType: PostgresOID { .unspecified }

    /// `ltree`, wherever `search_path` finds it.
    public static var postgresTypeName: String? { "ltree" }

    package static var hasVersionByte: Bool { true }
}
