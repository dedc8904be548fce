public import PostgresCodecs
public import PostgresProtocol

/// All rows of one statement, and what the statement did.
public struct PostgresRows: RandomAccessCollection, Sendable {
    @usableFromInline let storage: RowStorage
    /// The columns, also if there are no rows; empty for a statement that returns none.
    public let columns: RowColumns
    /// What the statement did.
    public let command: CommandTag

    package init(storage: RowStorage, columns: RowColumns, command: CommandTag) {
        self.storage = storage
        self.columns = columns
        self.command = command
    }

    /// The first row's place, 0.
    public var startIndex: Int { 0 }

    /// The number of rows.
    @inlinable public var endIndex: Int { storage.count }

    /// The row at a place, without copying it.
    @inlinable
    public subscript(position: Int) -> PostgresRow {
        precondition(position >= 0 && position < storage.count, "row index out of range")
        return PostgresRow(storage: storage, columns: columns, index: position)
    }

    /// Reads every row as a tuple; the types are checked once.
    ///
    /// Up to twelve columns there is an overload for their number, which is about twice as fast.
    ///
    /// - Throws: `unexpectedResult` for another number of columns, `decoding` for a cell that does not fit.
    public func decode<each Column: PostgresDecodable>(
        _ type: (repeat each Column).Type, file: StaticString = #fileID, line: UInt = #line
    ) throws(PostgresError) -> [(repeat each Column)] {
        do throws(PostgresError) {
            try columns.check((repeat each Column).self)
            var result: [(repeat each Column)] = []
            result.reserveCapacity(count)
            for row in self { result.append(try row.decodeChecked((repeat each Column).self)) }
            return result
        } catch {
            throw error.at(file, line)
        }
    }
}
