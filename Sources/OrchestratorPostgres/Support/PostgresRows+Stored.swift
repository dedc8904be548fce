internal import PostgresWire
internal import StoreContracts

extension PostgresRows {
    /// Reads every row of a table as a tuple.
    ///
    /// - Throws: `corruptRecord` for a value that this engine cannot read.
    func stored<each Column: PostgresDecodable>(
        _ type: (repeat each Column).Type, in table: String
    ) throws(StoreError) -> [(repeat each Column)] {
        do {
            return try decode((repeat each Column).self)
        } catch {
            throw StoreError(.corruptRecord(table: table, id: "a row"), cause: error.description)
        }
    }

    /// Reads the cell of a result that has one row and needs only its first column; nil if there is no row.
    func firstCell<Value: PostgresDecodable>(
        _ type: Value.Type, in table: String
    ) throws(StoreError) -> Value? {
        guard let row = first else { return nil }
        do {
            return try row.decode(Value.self, at: 0)
        } catch {
            throw StoreError(.corruptRecord(table: table, id: "a row"), cause: error.description)
        }
    }
}
