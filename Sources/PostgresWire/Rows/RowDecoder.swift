/// A row as a decoder: its columns are the keys.
struct RowDecoder: Decoder {
    let plan: RowPlan

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(RowContainer(plan: plan))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        throw PostgresError.unreadable(
            "a row is no list. Read it as a tuple or as a type with named properties")
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        guard plan.columns.count == 1 else { throw PostgresError.columnCount(plan.columns.count, wanted: 1) }
        return CellContainer(plan: plan, column: 0, codingPath: [])
    }
}
