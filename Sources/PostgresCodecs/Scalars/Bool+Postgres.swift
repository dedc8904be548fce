public import PostgresProtocol

extension Bool: PostgresEncodable {
    /// `bool`.
    @inlinable public static var postgresType: PostgresOID { .bool }

    /// Appends one byte.
    @inlinable
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) {
        writer.append(UInt8(self ? 1 : 0))
    }
}

extension Bool: PostgresDecodable {
    /// Takes `bool`.
    @inlinable
    public static func accepts(_ type: PostgresOID, _ format: PostgresFormat) -> Bool { type == .bool }

    /// Reads 1 or 0; in text form, `t` or `f`.
    @inlinable
    public init(cell: borrowing PostgresCell) throws(DecodingFault) {
        let code = try cell.integer(UInt8.self)
        switch (cell.format, code) {
        case (.binary, 1), (.text, UInt8(ascii: "t")): self = true
        case (.binary, 0), (.text, UInt8(ascii: "f")): self = false
        default: throw .malformed(.unknownCode(Int(code), offset: 0))
        }
    }
}
