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
        sorted.map { name, value in
            Self.quoted(name) + "=>" + (value.map { Self.quoted($0) } ?? "NULL")
        }.joined(separator: ", ")
    }

    /// In the order of the server: shorter names first, then by their bytes.
    private var sorted: [(name: String, value: String?)] {
        values.map { (name: $0.key, value: $0.value) }.sorted { left, right in
            let lengths = (left.name.utf8.count, right.name.utf8.count)
            return lengths.0 == lengths.1
                ? left.name.utf8.lexicographicallyPrecedes(right.name.utf8) : lengths.0 < lengths.1
        }
    }

    private static func quoted(_ text: String) -> String {
        var result: [UInt8] = [UInt8(ascii: "\"")]
        for byte in text.utf8 {
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

    /// `hstore`, wherever `search_path` finds it.
    public static var postgresTypeName: String? { "hstore" }

    /// Appends the number of names, and names and texts with their lengths.
    ///
    /// - Throws: `zeroCharacter`; `tooLong` for a name or text of more than 65,535 bytes.
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) {
        writer.append(Int32(truncatingIfNeeded: values.count))
        for (name, value) in sorted {
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
