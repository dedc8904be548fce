package import PostgresWire

/// Reads a schema's objects from the server's catalogs.
///
/// Source: PostgreSQL 18 manual, chapter 52 "System Catalogs", and 9.27.4 "Schema Visibility Inquiry Functions".
package enum CatalogSnapshot {
    /// All objects of a schema that no extension owns, in a stable order.
    ///
    /// It sets `search_path` until the transaction of the connection ends, so that definitions name the
    /// schema's objects without the schema.
    package static func entries(
        of schema: String, on connection: PostgresConnection
    ) async throws(PostgresError) -> [CatalogEntry] {
        try await connection.execute(
            """
            SELECT set_config('search_path', concat_ws(', ', quote_ident(\(schema)), (
                SELECT string_agg(DISTINCT quote_ident(nspname), ', ')
                FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace)), true)
            """)
        let query = PostgresQuery(CatalogQuery.sql, [schema])
        return try await connection.collect(query, as: (String, String, String).self).map {
            CatalogEntry(kind: $0.0, object: $0.1, definition: $0.2)
        }
    }
}
