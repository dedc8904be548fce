internal import PostgresWire

/// The name of a table or function in its schema, quoted; safe to insert into SQL.
struct QualifiedName: Sendable {
    let sql: String

    init(_ name: String, in schema: String) {
        sql = PostgresQuery.quoted(identifier: schema) + "." + PostgresQuery.quoted(identifier: name)
    }
}

extension PostgresQuery.StringInterpolation {
    /// Inserts the name of a table or function.
    mutating func appendInterpolation(_ name: QualifiedName) { appendInterpolation(raw: name.sql) }
}
