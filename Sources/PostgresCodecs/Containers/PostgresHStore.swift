public import PostgresProtocol

/// Texts by name, each of which may be NULL: `hstore` of the extension of this name.
///
/// Source: PostgreSQL 18 manual, "hstore".
public struct PostgresHStore: Hashable, Sendable {
    /// The texts by name; a name with nil is there and its value is NULL.
    public var values: [String: String?]

    /// Wraps texts by name.
    public init(_ values: [String: String?]) { self.values = values }

    /// The text under a name; nil if the name is missing, and if its value is NULL.
    public subscript(name: String) -> String? { values[name] ?? nil }
}

extension PostgresHStore: ExpressibleByDictionaryLiteral {
    /// Makes a value; of a name that occurs twice the first text counts, as in the server.
    public init(dictionaryLiteral elements: (String, String?)...) {
        values = Dictionary(elements, uniquingKeysWith: { first, _ in first })
    }
}

extension PostgresHStore: CustomStringConvertible {
    /// The server's text: `"a"=>"1", "b"=>NULL`, shorter names first.
    public var description: String {
        values.map { (name: Array($0.key.utf8), value: $0.value) }.sorted { left, right in
            left.name.count == right.name.count
                ? left.name.lexicographicallyPrecedes(right.name) : left.name.count < right.name.count
        }.map { pair in
            let value = pair.value.map { Self.quoted(Array($0.utf8)) } ?? "NULL"
            return Self.quoted(pair.name) + "=>" + value
        }.joined(separator: ", ")
    }

    private static func quoted(_ text: [UInt8]) -> String {
        var result: [UInt8] = [UInt8(ascii: "\"")]
        for byte in text {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { result.append(UInt8(ascii: "\\")) }
            result.append(byte)
        }
        result.append(UInt8(ascii: "\""))
        return String(decoding: result, as: UTF8.self)
    }
}

extension PostgresHStore: PostgresEncodable {
    /// Unspecified: the number of an extension's type differs from database to database.
    public static var postgresType: PostgresOID { .unspecified }

    /// Appends the number of names, and names and texts with their lengths.
    ///
    /// - Throws: `zeroCharacter`; `tooLong` for a name or text of more than 65,535 bytes.
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) {
        writer.append(Int32(truncatingIfNeeded: values.count))
        for (name, value) in values {
            for text in [name, value ?? ""] where text.utf8.count > 65_535 {
                throw .tooLong(bytes: text.utf8.count, limit: 65_535)
            }
            try name.encodeField(into: &writer)
            try value.encodeField(into: &writer)
        }
    }
}

extension PostgresHStore: PostgresDecodable {
    /// Takes types of extensions in binary form: only the bytes tell whether it is an `hstore`.
    public static func accepts(_ type: PostgresOID, _ format: PostgresFormat) -> Bool {
        type.isUserDefined && format == .binary
    }

    /// Reads names and texts.
    ///
    /// - Throws: `malformed` for counts and lengths that contradict the bytes, for a name twice, for wrong UTF-8.
    public init(cell: borrowing PostgresCell) throws(DecodingFault) {
        var reader = ByteReader(cell.bytes)
        let count = try reader.decodeCount(Int32.self, elementBytes: 8)
        values = [:]
        values.reserveCapacity(count)
        for _ in 0..<count {
            let start = reader.offset
            let name = try reader.decodeText(count: Int(try reader.decode(Int32.self)))
            let length = Int(try reader.decode(Int32.self))
            let value = length == -1 ? nil : try reader.decodeText(count: length)
            guard values.updateValue(value, forKey: name) == nil else {
                throw .malformed(.unknownCode(0, offset: start))
            }
        }
        try reader.finishDecoding()
    }
}
