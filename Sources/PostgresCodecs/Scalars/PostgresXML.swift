/// An XML document or fragment: PostgreSQL's `xml`.
///
/// Source: PostgreSQL 18 manual, "XML Type".
public struct PostgresXML: Sendable, PostgresWrappedText {
    /// The text, which only the server checks.
    public let text: String

    package init(text: String) { self.text = text }

    /// `xml`.
    public static var postgresType: PostgresOID { .xml }

    package static var hasVersionByte: Bool { false }
}
