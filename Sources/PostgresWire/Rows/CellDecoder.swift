/// A cell as a decoder: for types that wrap one value, as an enum with raw values.
struct CellDecoder: Decoder {
    let plan: RowPlan
    let column: Int

    var codingPath: [any CodingKey] { [ColumnKey(plan.columns.fields[column].name, column)] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        throw notNested
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw notNested }

    func singleValueContainer() -> any SingleValueDecodingContainer {
        CellContainer(plan: plan, column: column, codingPath: codingPath)
    }

    private var notNested: PostgresError {
        .unreadable(
            "column \(column) \"\(plan.columns.fields[column].name)\" of type \(plan.columns.types[column])"
                + " holds one value, a structure was asked for. Only json and jsonb hold structures")
    }
}

/// A column as a key, for the paths of errors.
struct ColumnKey: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(_ name: String, _ index: Int) {
        stringValue = name
        intValue = index
    }

    init?(stringValue: String) {
        self.stringValue = stringValue
        intValue = nil
    }

    init?(intValue: Int) { return nil }
}
