public import PostgresProtocol

/// The text of a `json` or `jsonb` value as it came, without being read.
///
/// As a parameter it is `jsonb`, and the server checks it.
public struct PostgresJSONText: Hashable, Sendable {
    /// The JSON text.
    public var text: String

    /// Wraps JSON text.
    public init(_ text: String) { self.text = text }
}

extension PostgresJSONText: PostgresEncodable {
    /// `jsonb`.
    public static var postgresType: PostgresOID { .jsonb }

    /// Appends the version byte 1 and the text.
    ///
    /// - Throws: `zeroCharacter` if the text contains U+0000.
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) {
        guard !text.holdsZeroByte else { throw .zeroCharacter }
        writer.append(UInt8(1))
        writer.append(utf8: text)
    }
}

extension PostgresJSONText: PostgresDecodable {
    /// Takes `jsonb` and `json`.
    public static func accepts(_ type: PostgresOID, _ format: PostgresFormat) -> Bool {
        type == .jsonb || type == .json
    }

    /// Copies the text.
    public init(cell: borrowing PostgresCell) throws(DecodingFault) {
        let bytes = try cell.jsonText()
        text = try PostgresCell(bytes: bytes, type: .text).text()
    }
}
