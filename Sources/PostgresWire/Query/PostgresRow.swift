public import PostgresCodecs
internal import PostgresProtocol

/// One row of a result: a view into the result's memory, which it keeps alive.
public struct PostgresRow: Sendable {
    let storage: RowStorage
    /// The columns of the result.
    public let columns: RowColumns
    let index: Int

    /// Reads the whole row as a tuple: `try row.decode((Int, String?).self)`.
    ///
    /// - Throws: `unexpectedResult` for another number of columns, `decoding` for a cell that does not fit.
    public func decode<each Column: PostgresDecodable>(
        _ type: (repeat each Column).Type = (repeat each Column).self
    ) throws(PostgresError) -> (repeat each Column) {
        try columns.check((repeat each Column).self)
        return try decodeChecked((repeat each Column).self)
    }

    func decodeChecked<each Column: PostgresDecodable>(
        _ type: (repeat each Column).Type
    ) throws(PostgresError) -> (repeat each Column) {
        try storage.withBody(of: index) { body throws(PostgresError) -> (repeat each Column) in
            var cursor = CellCursor(body, columns: columns)
            return (repeat try cursor.next((each Column).self))
        }
    }

    /// Reads one cell by the column's place, from 0.
    public func decode<Value: PostgresDecodable>(
        _ type: Value.Type = Value.self, at column: Int
    ) throws(PostgresError) -> Value {
        guard column >= 0, column < columns.count else {
            throw .columnCount(columns.count, wanted: column + 1)
        }
        try columns.check(Value.self, at: column)
        return try storage.withBody(of: index) { body throws(PostgresError) -> Value in
            var cursor = CellCursor(body, columns: columns)
            cursor.skip(column)
            return try cursor.next()
        }
    }

    /// Reads one cell by the column's name.
    public func decode<Value: PostgresDecodable>(
        _ type: Value.Type = Value.self, named name: String
    ) throws(PostgresError) -> Value {
        guard let column = columns.index(of: name) else { throw .noColumn(named: name) }
        return try decode(Value.self, at: column)
    }
}
