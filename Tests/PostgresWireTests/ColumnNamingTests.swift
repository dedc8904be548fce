import Testing

@testable import PostgresWire

/// Names of properties and names of columns.
@Suite struct ColumnNamingTests {
    @Test(arguments: [
        ("id", "id"), ("createdAt", "created_at"), ("userID", "user_id"), ("URLPath", "url_path"),
        ("base64Text", "base64_text"), ("already_snake", "already_snake"), ("_hidden", "_hidden"), ("A", "a"),
        ("isHTTPSOnly", "is_https_only"), ("übergrößeÄndern", "übergröße_ändern"), ("", ""),
    ])
    func `a property's name becomes a column's`(property: String, column: String) {
        #expect(PostgresColumnNaming.snakeCase.column(for: property) == column)
        #expect(PostgresColumnNaming.exact.column(for: property) == property)
    }
}
