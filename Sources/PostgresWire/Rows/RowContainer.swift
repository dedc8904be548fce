/// The columns of a row by name.
struct RowContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let plan: RowPlan

    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { plan.columns.fields.compactMap { Key(stringValue: $0.name) } }

    func contains(_ key: Key) -> Bool { plan.column(for: key) != nil }

    func decodeNil(forKey key: Key) throws -> Bool {
        plan.isNull(at: try plan.existingColumn(for: key))
    }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try plan.value(Value.self, at: plan.existingColumn(for: key))
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try superDecoder(forKey: key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try superDecoder(forKey: key).unkeyedContainer()
    }

    func superDecoder() -> any Decoder { RowDecoder(plan: plan) }

    func superDecoder(forKey key: Key) throws -> any Decoder {
        CellDecoder(plan: plan, column: try plan.existingColumn(for: key))
    }
}

// Values that are read without asking for the type at run time.
extension RowContainer {
    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool {
        try plan.cell(type, at: plan.existingColumn(for: key))
    }
    func decode(_ type: String.Type, forKey key: Key) throws -> String {
        try plan.cell(type, at: plan.existingColumn(for: key))
    }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double {
        try plan.cell(type, at: plan.existingColumn(for: key))
    }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float {
        try plan.cell(type, at: plan.existingColumn(for: key))
    }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int {
        try plan.cell(type, at: plan.existingColumn(for: key))
    }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 {
        try plan.integer(type, at: plan.existingColumn(for: key))
    }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 {
        try plan.cell(type, at: plan.existingColumn(for: key))
    }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 {
        try plan.cell(type, at: plan.existingColumn(for: key))
    }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 {
        try plan.cell(type, at: plan.existingColumn(for: key))
    }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt {
        try plan.integer(type, at: plan.existingColumn(for: key))
    }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 {
        try plan.integer(type, at: plan.existingColumn(for: key))
    }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 {
        try plan.integer(type, at: plan.existingColumn(for: key))
    }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 {
        try plan.integer(type, at: plan.existingColumn(for: key))
    }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 {
        try plan.integer(type, at: plan.existingColumn(for: key))
    }
}
