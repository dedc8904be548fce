internal import PostgresCodecs

/// Reading rows and cells of these columns.
extension RowColumns {
    /// Reads a row whose types have been checked.
    func read<each Column: PostgresDecodable>(
        _ body: RawSpan, as type: (repeat each Column).Type
    ) throws(PostgresError) -> (repeat each Column) {
        var cursor = CellCursor(body, format)
        do throws(DecodingFault) {
            return (repeat try cursor.next(types[cursor.index], as: (each Column).self))
        } catch {
            var wanted: [Any.Type] = []
            for column in repeat (each Column).self { wanted.append(column) }
            throw self.error(error, at: cursor.index - 1, of: wanted)
        }
    }

    /// Reads one cell of a row.
    func readCell<Value: PostgresDecodable>(
        _ body: RawSpan, as wanted: Value.Type, at index: Int
    ) throws(PostgresError) -> Value {
        try check(index: index)
        let type = try type(at: index, for: Value.self)
        var cursor = CellCursor(body, format)
        cursor.skip(index)
        do throws(DecodingFault) { return try cursor.next(type) } catch {
            throw self.error(error, at: index, Value.self)
        }
    }
}
