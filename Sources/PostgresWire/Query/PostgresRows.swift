public import PostgresCodecs
public import PostgresProtocol

/// All rows of one statement, and what the statement did.
public struct PostgresRows: RandomAccessCollection, Sendable {
    let storage: RowStorage
    /// The columns, also if there are no rows; empty for a statement that returns none.
    public let columns: RowColumns
    /// What the statement did.
    public let command: CommandTag

    /// The first row's place, 0.
    public var startIndex: Int { 0 }

    /// The number of rows.
    public var endIndex: Int { storage.count }

    /// The row at a place, without copying it.
    public subscript(position: Int) -> PostgresRow {
        precondition(position >= 0 && position < storage.count, "row index out of range")
        return PostgresRow(storage: storage, columns: columns, index: position)
    }

    /// Reads every row as a tuple; the types are checked once.
    public func decode<each Column: PostgresDecodable>(
        _ type: (repeat each Column).Type
    ) throws(PostgresError) -> [(repeat each Column)] {
        try columns.check((repeat each Column).self)
        var result: [(repeat each Column)] = []
        result.reserveCapacity(count)
        for row in self { result.append(try row.decodeChecked((repeat each Column).self)) }
        return result
    }
}
