package import PostgresProtocol

/// A type whose binary form is its text, in some types after a version byte 1.
package protocol PostgresWrappedText: PostgresEncodable, PostgresDecodable, LosslessStringConvertible,
    ExpressibleByStringLiteral, Hashable
{
    /// The text, which only the server checks.
    var text: String { get }
    init(text: String)
    /// Whether the binary form begins with a version byte.
    static var hasVersionByte: Bool { get }
}

extension PostgresWrappedText {
    /// The text.
    public var description: String { text }

    /// Wraps a text; the server checks it.
    public init(_ text: String) { self.init(text: text) }

    /// Wraps a literal; the server checks it.
    public init(stringLiteral value: String) { self.init(text: value) }

    /// Takes the type that values are sent as, or any type of an extension if that has no fixed number.
    public static func accepts(_ type: PostgresOID, _ format: PostgresFormat) -> Bool {
        postgresType == .unspecified ? type.isUserDefined : type == postgresType
    }

    /// Appends the text.
    ///
    /// - Throws: `zeroCharacter` if the text contains U+0000.
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) {
        guard !text.holdsZeroByte else { throw .zeroCharacter }
        if Self.hasVersionByte { writer.append(UInt8(1)) }
        writer.append(utf8: text)
    }

    /// Copies the text.
    ///
    /// - Throws: `malformed` for bytes that are not UTF-8 and for another version.
    public init(cell: borrowing PostgresCell) throws(DecodingFault) {
        guard cell.format == .binary, Self.hasVersionByte else {
            self.init(text: try cell.text())
            return
        }
        var reader = ByteReader(cell.bytes)
        let version = try reader.decode(UInt8.self)
        guard version == 1 else { throw .malformed(.unknownCode(Int(version), offset: 0)) }
        self.init(text: try reader.decodeText(count: reader.remaining))
    }
}
