internal import PostgresCodecs

extension PostgresRow {
    /// Reads the row as a `Decodable` value, whose properties are found among the columns by name.
    ///
    /// NULL needs an optional property; an optional property without a column becomes nil. Columns of `json` and
    /// `jsonb` may be read as structures. For many rows decode the whole result, which looks the names up once.
    ///
    /// - Throws: `unexpectedResult` for a column that is missing, `decoding` for a cell that does not fit, with the
    ///   column and both types.
    @_disfavoredOverload
    public func decode<Value: Decodable>(
        _ type: Value.Type, naming: PostgresColumnNaming = .exact, file: StaticString = #fileID,
        line: UInt = #line
    ) throws(PostgresError) -> Value {
        do throws(PostgresError) {
            return try RowPlan(columns, naming).decode(Value.self, from: self)
        } catch {
            throw error.at(file, line)
        }
    }
}

extension PostgresRows {
    /// Reads every row as a `Decodable` value, as `PostgresRow.decode(_:naming:)` does.
    @_disfavoredOverload
    public func decode<Value: Decodable>(
        _ type: Value.Type, naming: PostgresColumnNaming = .exact, file: StaticString = #fileID,
        line: UInt = #line
    ) throws(PostgresError) -> [Value] {
        let plan = RowPlan(columns, naming)
        var values: [Value] = []
        values.reserveCapacity(count)
        do throws(PostgresError) {
            for row in self { values.append(try plan.decode(Value.self, from: row)) }
        } catch {
            throw error.at(file, line)
        }
        return values
    }
}
