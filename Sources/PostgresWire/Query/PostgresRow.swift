public import PostgresCodecs
internal import PostgresProtocol

/// One row of a result: a view into the result's memory, which it keeps alive.
///
/// Errors of reading carry the column, both types and the place of the call (`PostgresError.column`, `callSite`).
public struct PostgresRow: Sendable {
    @usableFromInline let storage: RowStorage
    /// The columns of the result.
    public let columns: RowColumns
    @usableFromInline let index: Int

    @usableFromInline
    init(storage: RowStorage, columns: RowColumns, index: Int) {
        self.storage = storage
        self.columns = columns
        self.index = index
    }

    /// Reads the whole row as a tuple: `try row.decode((Int, String?).self)`.
    ///
    /// Up to twelve columns there is an overload for their number, which is about twice as fast.
    ///
    /// - Throws: `unexpectedResult` for another number of columns, `decoding` for a cell that does not fit.
    public func decode<each Column: PostgresDecodable>(
        _ type: (repeat each Column).Type = (repeat each Column).self, file: StaticString = #fileID,
        line: UInt = #line
    ) throws(PostgresError) -> (repeat each Column) {
        do throws(PostgresError) {
            try columns.check((repeat each Column).self)
            return try decodeChecked((repeat each Column).self)
        } catch {
            throw error.at(file, line)
        }
    }

    func decodeChecked<each Column: PostgresDecodable>(
        _ type: (repeat each Column).Type
    ) throws(PostgresError) -> (repeat each Column) {
        try columns.read(storage.body(of: index), as: (repeat each Column).self)
    }

    /// Reads one cell by the column's place, from 0.
    ///
    /// - Throws: `unexpectedResult` for a place that does not exist, `decoding` for a cell that does not fit.
    public func decode<Value: PostgresDecodable>(
        _ type: Value.Type = Value.self, at column: Int, file: StaticString = #fileID, line: UInt = #line
    ) throws(PostgresError) -> Value {
        do throws(PostgresError) {
            return try columns.readCell(storage.body(of: index), as: Value.self, at: column)
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
}
