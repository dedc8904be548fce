/// A path expression over JSON: PostgreSQL's `jsonpath`.
///
/// Source: PostgreSQL 18 manual, "jsonpath Type".
public struct PostgresJSONPath: Sendable, PostgresWrappedText {
    /// The text, which only the server checks.
    public let text: String

    package init(text: String) { self.text = text }

    /// `jsonpath`.
    public static var postgresType: PostgresOID { .jsonPath }

    package static var hasVersionByte: Bool { true }
}
