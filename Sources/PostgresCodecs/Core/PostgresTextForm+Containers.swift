internal import PostgresProtocol

/// Ranges and composite values.
///
/// Source: PostgreSQL 18 manual, "Range Input/Output" and "Composite Type Input and Output Syntax".
extension PostgresTextForm {
    /// `[1,5)`, `(,2024-01-01]`, `empty`.
    @_lifetime(reader: copy reader)
    func rangeText(
        _ reader: inout ByteReader, bound: PostgresOID, depth: Int
    ) throws(DecodingFault) -> String {
        let flags = try RangeFlags.decode(&reader)
        guard flags & RangeFlags.empty == 0 else {
            try reader.finishDecoding()
            return "empty"
        }
        var text = flags & RangeFlags.lowerIncluded != 0 ? "[" : "("
        if flags & RangeFlags.lowerUnbounded == 0 {
            text += Self.quoted(try partText(&reader, bound, depth), specials: "()[],")
        }
        text += ","
        if flags & RangeFlags.upperUnbounded == 0 {
            text += Self.quoted(try partText(&reader, bound, depth), specials: "()[],")
        }
        try reader.finishDecoding()
        return text + (flags & RangeFlags.upperIncluded != 0 ? "]" : ")")
    }

    /// `{[1,5),[7,9)}`.
    func multirangeText(
        of cell: borrowing PostgresCell, bound: PostgresOID, depth: Int
    ) throws(DecodingFault) -> String {
        var reader = ByteReader(cell.bytes)
        let count = try reader.decodeCount(Int32.self, elementBytes: 5)
        var parts: [String] = []
        for _ in 0..<count {
            let length = Int(try reader.decode(Int32.self))
            var part = ByteReader(try reader.decodeBytes(count: length))
            parts.append(try rangeText(&part, bound: bound, depth: depth))
        }
        try reader.finishDecoding()
        return "{" + parts.joined(separator: ",") + "}"
    }

    /// `(1,"a b",)`: NULL is nothing, the empty text is `""`.
    func recordText(of cell: borrowing PostgresCell, depth: Int) throws(DecodingFault) -> String {
        var reader = ByteReader(cell.bytes)
        let count = try reader.decodeCount(Int32.self, elementBytes: 8)
        var parts: [String] = []
        for _ in 0..<count {
            let type = PostgresOID(rawValue: try reader.decode())
            let start = reader
            if try reader.decode(Int32.self) == -1 {
                parts.append("")
            } else {
                reader = start
                parts.append(Self.quoted(try partText(&reader, type, depth), specials: "(),"))
            }
        }
        try reader.finishDecoding()
        return "(" + parts.joined(separator: ",") + ")"
    }

    @_lifetime(reader: copy reader)
    private func partText(
        _ reader: inout ByteReader, _ type: PostgresOID, _ depth: Int
    ) throws(DecodingFault) -> String {
        let bytes = try reader.decodeBytes(count: Int(try reader.decode(Int32.self)))
        return try text(of: PostgresCell(bytes: bytes, type: type), depth: depth + 1)
    }

    /// The text in quotes if it is empty or holds a special character or white space; quotes and backslashes doubled.
    private static func quoted(_ text: String, specials: StaticString) -> String {
        let needsQuotes = specials.withUTF8Buffer { specials in
            text.isEmpty
                || text.utf8.contains { byte in
                    switch byte {
                    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: " "), 9...13: true
                    default: specials.contains(byte)
                    }
                }
        }
        guard needsQuotes else { return text }
        var result: [UInt8] = [UInt8(ascii: "\"")]
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { result.append(byte) }
            result.append(byte)
        }
        result.append(UInt8(ascii: "\""))
        return String(decoding: result, as: UTF8.self)
    }
}
