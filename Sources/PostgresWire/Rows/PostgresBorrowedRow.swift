public import PostgresCodecs
internal import PostgresProtocol

/// A row that is lent for the time of a closure: a view into the memory of its batch, which cannot be kept.
public struct PostgresBorrowedRow: ~Escapable {
    @usableFromInline let body: RawSpan
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
        _ type: (repeat each Column).Type, file: StaticString = #fileID, line: UInt = #line
    ) throws(PostgresError) -> (repeat each Column) {
        do throws(PostgresError) {
            try columns.check((repeat each Column).self)
            return try columns.read(body, as: (repeat each Column).self)
        } catch {
            throw error.at(file, line)
        }
    }

    /// Reads one cell by the column's place, from 0.
    ///
    /// - Throws: `unexpectedResult` for a place that does not exist, `decoding` for a cell that does not fit.
    public func decode<Value: PostgresDecodable>(
        _ type: Value.Type = Value.self, at column: Int, file: StaticString = #fileID, line: UInt = #line
    ) throws(PostgresError) -> Value {
        do throws(PostgresError) {
            return try columns.readCell(body, as: Value.self, at: column)
        } catch {
            throw error.at(file, line)
        }
    }

    /// Reads one cell by the column's name.
    ///
    /// - Throws: `unexpectedResult` for a name that does not exist, `decoding` for a cell that does not fit.
    public func decode<Value: PostgresDecodable>(
        _ type: Value.Type = Value.self, named name: String, file: StaticString = #fileID, line: UInt = #line
    ) throws(PostgresError) -> Value {
        guard let column = columns.index(of: name) else {
            throw PostgresError.noColumn(named: name).at(file, line)
        }
        return try decode(Value.self, at: column, file: file, line: line)
    }

    /// The bytes of a cell as the server sent them, in the form that `columns.format` names, without copying them; nil
    /// for NULL.
    ///
    /// - Throws: `unexpectedResult` for a place that does not exist.
    @_lifetime(copy self)
    public func bytes(
        at column: Int, file: StaticString = #fileID, line: UInt = #line
    ) throws(PostgresError) -> RawSpan? {
        do throws(PostgresError) { try columns.check(index: column) } catch { throw error.at(file, line) }
        var offset = 2
        for _ in 0..<column { offset += 4 + max(0, length(at: offset)) }
        let length = length(at: offset)
        guard length >= 0 else { return nil }
        return body.extracting(offset + 4..<offset + 4 + length)
    }

    /// Whether a cell is NULL.
    ///
    /// - Throws: `unexpectedResult` for a place that does not exist.
    public func isNull(
        at column: Int, file: StaticString = #fileID, line: UInt = #line
    ) throws(PostgresError) -> Bool {
        try bytes(at: column, file: file, line: line) == nil
    }

    /// The length in front of a cell; `DataRow.check` has accepted the layout.
    private func length(at offset: Int) -> Int {
        Int(Int32(bigEndian: body.unsafeLoadUnaligned(fromByteOffset: offset, as: Int32.self)))
    }
}

extension PostgresRows {
    /// Lends every row to `body`, without a copy or an allocation for a row.
    public func forEachBorrowedRow<Failure: Error>(
        _ body: (borrowing PostgresBorrowedRow) throws(Failure) -> Void
    ) throws(Failure) {
        for index in 0..<count {
            try body(PostgresBorrowedRow(storage.body(of: index), columns: columns))
        }
    }
}
