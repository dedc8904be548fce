public import PostgresCodecs
internal import PostgresProtocol

/// A row that is lent for the time of a closure: a view into the memory of its batch, which cannot be kept.
public struct PostgresBorrowedRow: ~Escapable {
    private let body: RawSpan
    /// The columns of the result.
    public let columns: RowColumns

    @_lifetime(copy body)
    init(_ body: RawSpan, columns: RowColumns) {
        self.body = body
        self.columns = columns
    }

    /// Reads the whole row as a tuple: `try row.decode((Int, String?).self)`.
    ///
    /// - Throws: `unexpectedResult` for another number of columns, `decoding` for a cell that does not fit.
    public func decode<each Column: PostgresDecodable>(
        _ type: (repeat each Column).Type
    ) throws(PostgresError) -> (repeat each Column) {
        try columns.check((repeat each Column).self)
        var cursor = CellCursor(body, columns: columns)
        return (repeat try cursor.next((each Column).self))
    }

    /// Reads one cell by the column's place, from 0.
    public func decode<Value: PostgresDecodable>(
        _ type: Value.Type = Value.self, at column: Int
    ) throws(PostgresError) -> Value {
        try check(column)
        try columns.check(Value.self, at: column)
        var cursor = CellCursor(body, columns: columns)
        cursor.skip(column)
        return try cursor.next()
    }

    /// Reads one cell by the column's name.
    public func decode<Value: PostgresDecodable>(
        _ type: Value.Type = Value.self, named name: String
    ) throws(PostgresError) -> Value {
        guard let column = columns.index(of: name) else { throw .noColumn(named: name) }
        return try decode(Value.self, at: column)
    }

    /// The bytes of a cell as the server sent them, in the form that `columns.format` names, without copying them; nil
    /// for NULL.
    @_lifetime(copy self)
    public func bytes(at column: Int) throws(PostgresError) -> RawSpan? {
        try check(column)
        var offset = 2
        for _ in 0..<column { offset += 4 + max(0, length(at: offset)) }
        let length = length(at: offset)
        guard length >= 0 else { return nil }
        return body.extracting(offset + 4..<offset + 4 + length)
    }

    /// Whether a cell is NULL.
    public func isNull(at column: Int) throws(PostgresError) -> Bool { try bytes(at: column) == nil }

    /// The length in front of a cell; `DataRow.check` has accepted the layout.
    private func length(at offset: Int) -> Int {
        Int(Int32(bigEndian: body.unsafeLoadUnaligned(fromByteOffset: offset, as: Int32.self)))
    }

    private func check(_ column: Int) throws(PostgresError) {
        guard column >= 0, column < columns.count else {
            throw .columnCount(columns.count, wanted: column + 1)
        }
    }
}

extension PostgresRows {
    /// Lends every row to `body`, without a copy or an allocation for a row.
    public func forEachBorrowedRow<Failure: Error>(
        _ body: (borrowing PostgresBorrowedRow) throws(Failure) -> Void
    ) throws(Failure) {
        for index in 0..<count {
            try storage.withBody(of: index) { bytes throws(Failure) in
                try body(PostgresBorrowedRow(bytes, columns: columns))
            }
        }
    }
}
