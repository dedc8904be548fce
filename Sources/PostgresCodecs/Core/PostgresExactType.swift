package import PostgresProtocol

/// A Swift type that stands for exactly one built-in PostgreSQL type and has both of its forms.
///
/// A conforming type says how its binary form is read and how its text form; the rest follows.
package protocol PostgresExactType: PostgresEncodable, PostgresDecodable, LosslessStringConvertible {
    /// Reads the binary form; what is left afterwards is a fault.
    @_lifetime(reader: copy reader)
    init(reading reader: inout ByteReader) throws(DecodingFault)
}

extension PostgresExactType {
    /// Takes the type that values are sent as.
    public static func accepts(_ type: PostgresOID, _ format: PostgresFormat) -> Bool { type == postgresType }

    /// Reads the binary form or the text form.
    ///
    /// - Throws: `malformed` for bytes that the type does not allow, or that go on after the value.
    public init(cell: borrowing PostgresCell) throws(DecodingFault) {
        guard cell.format == .binary else {
            self = try cell.parse { Self($0) }
            return
        }
        var reader = ByteReader(cell.bytes)
        try self.init(reading: &reader)
        try reader.finishDecoding()
    }
}
