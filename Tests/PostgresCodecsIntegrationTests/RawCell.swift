import PostgresWire

/// The bytes of a cell as they came, whatever its type is.
struct RawCell: PostgresDecodable {
    let bytes: [UInt8]
    let type: PostgresOID
    let format: PostgresFormat

    static func accepts(_ type: PostgresOID, _ format: PostgresFormat) -> Bool { true }

    init(cell: borrowing PostgresCell) throws(DecodingFault) {
        bytes = cell.bytes.withUnsafeBytes { [UInt8]($0) }
        type = cell.type
        format = cell.format
    }

    /// Reads the bytes as a Swift value.
    func decode<Value: PostgresDecodable>(_ type: Value.Type) throws(DecodingFault) -> Value {
        guard Value.accepts(self.type, format) else { throw .typeMismatch(self.type, format) }
        return try Value(cell: PostgresCell(bytes: bytes.span.bytes, type: self.type, format: format))
    }

    /// The text that the package writes for the bytes.
    func text(_ form: PostgresTextForm) throws(DecodingFault) -> String {
        try form.text(of: PostgresCell(bytes: bytes.span.bytes, type: type, format: format))
    }
}
