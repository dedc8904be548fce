public import PostgresProtocol

extension String: PostgresEncodable {
    /// `text`.
    @inlinable public static var postgresType: PostgresOID { .text }

    /// Appends the text as UTF-8.
    ///
    /// - Throws: `zeroCharacter` if the text contains U+0000, which PostgreSQL cannot store.
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) {
        guard !holdsZeroByte else { throw .zeroCharacter }
        writer.append(utf8: self)
    }
}

extension String: PostgresDecodable {
    /// Takes every type whose binary form is text (`text`, `varchar`, `bpchar`, `name`, `xml`, `"char"`, enums,
    /// `citext`), and every type at all in text form.
    ///
    /// Whether a type of an extension or a user has text for its binary form only its values tell.
    @inlinable
    public static func accepts(_ type: PostgresOID, _ format: PostgresFormat) -> Bool {
        if format == .text { return true }
        switch type {
        case .text, .varchar, .bpchar, .name, .unknown, .char, .xml, .refCursor, .cstring: return true
        default: return type.isUserDefined
        }
    }

    /// Copies the text; up to 15 bytes without an allocation.
    ///
    /// - Throws: `malformed` for bytes that are not UTF-8, and for U+0000, which no text of the server contains and
    ///   which shows that a type of an extension has another binary form.
    public init(cell: borrowing PostgresCell) throws(DecodingFault) {
        let text = try cell.text()
        if cell.type == .char, text == "\0" {
            // The empty `"char"` is the byte 0 in binary form and nothing in text form.
            self = ""
            return
        }
        guard !cell.type.isUserDefined || !text.holdsZeroByte else {
            throw .typeMismatch(cell.type, cell.format)
        }
        self = text
    }
}
