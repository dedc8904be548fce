/// The one value of a cell.
struct CellContainer: SingleValueDecodingContainer {
    let plan: RowPlan
    let column: Int
    let codingPath: [any CodingKey]

    func decodeNil() -> Bool { plan.isNull(at: column) }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try plan.value(Value.self, at: column)
    }
}

// Values that are read without asking for the type at run time.
extension CellContainer {
    func decode(_ type: Bool.Type) throws -> Bool { try plan.cell(type, at: column) }
    func decode(_ type: String.Type) throws -> String { try plan.cell(type, at: column) }
    func decode(_ type: Double.Type) throws -> Double { try plan.cell(type, at: column) }
    func decode(_ type: Float.Type) throws -> Float { try plan.cell(type, at: column) }
    func decode(_ type: Int.Type) throws -> Int { try plan.cell(type, at: column) }
    func decode(_ type: Int8.Type) throws -> Int8 { try plan.integer(type, at: column) }
    func decode(_ type: Int16.Type) throws -> Int16 { try plan.cell(type, at: column) }
    func decode(_ type: Int32.Type) throws -> Int32 { try plan.cell(type, at: column) }
    func decode(_ type: Int64.Type) throws -> Int64 { try plan.cell(type, at: column) }
    func decode(_ type: UInt.Type) throws -> UInt { try plan.integer(type, at: column) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try plan.integer(type, at: column) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try plan.integer(type, at: column) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try plan.integer(type, at: column) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try plan.integer(type, at: column) }
}
