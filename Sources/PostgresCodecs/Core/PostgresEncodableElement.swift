public import PostgresProtocol

/// A Swift type whose arrays can be parameters.
///
/// Every `PostgresEncodable` type is one and need not do anything for it: `[Int]` is `int8[]`, `[[Int]]` a
/// two-dimensional `int8[]`, `[Int?]` one with NULLs. The only type that is an element without being a value of its
/// own is `UInt8`, whose arrays are `bytea`.
///
/// The requirements exist so that numeric types can write their elements in bulk.
public protocol PostgresEncodableElement: Sendable {
    /// The type to declare for an array of this type.
    static var postgresArrayType: PostgresOID { get }

    /// The format that `encodePostgresArray` writes.
    static var postgresArrayFormat: PostgresFormat { get }

    /// Whether an array of this type is one value and no SQL array, as bytes are.
    static var postgresArrayIsScalar: Bool { get }

    /// The type of the innermost elements.
    static var postgresLeafType: PostgresOID { get }

    /// The name of the type of the innermost elements where its number differs from database to database.
    static var postgresLeafTypeName: String? { get }

    /// Appends an array of this type, without a length.
    static func encodePostgresArray(_ values: [Self], into writer: inout ByteWriter) throws(EncodingFault)

    /// Appends the array's text form, braces included.
    static func encodePostgresText(_ values: [Self], into writer: inout ByteWriter) throws(EncodingFault)

    /// Appends or checks the length of each dimension from `level` on.
    static func measurePostgresArray(
        _ values: [Self], level: Int, into lengths: inout [Int]
    ) throws(EncodingFault)

    /// Appends the innermost elements, each with its length; returns whether one of them is NULL.
    static func encodePostgresElements(
        _ values: [Self], into writer: inout ByteWriter
    ) throws(EncodingFault) -> Bool
}

extension PostgresEncodableElement {
    /// The greatest number of dimensions; `MAXDIM` of the server.
    @usableFromInline static var maximumDimensions: Int { 6 }
    /// The greatest number of elements; `MaxArraySize` of the server.
    @usableFromInline static var maximumElements: Int { 134_217_727 }

    /// False: most arrays are SQL arrays.
    @inlinable public static var postgresArrayIsScalar: Bool { false }

    /// nil: most types have a number.
    @inlinable public static var postgresLeafTypeName: String? { nil }

    /// Appends the number of the elements' type, or leaves it open.
    static func encodeLeafType(into writer: inout ByteWriter) throws(EncodingFault) {
        if postgresLeafType != .unspecified {
            writer.append(postgresLeafType.rawValue)
        } else if let name = postgresLeafTypeName {
            writer.append(typeNamed: name)
        } else {
            throw .custom("an array needs elements of a type whose number or name is known")
        }
    }

    /// Appends the array in binary form, or in text form where the elements have no other.
    ///
    /// Source: PostgreSQL 18, `array_recv`.
    public static func encodePostgresArray(
        _ values: [Self], into writer: inout ByteWriter
    ) throws(EncodingFault) {
        if postgresArrayFormat == .text { return try encodePostgresText(values, into: &writer) }
        var lengths: [Int] = []
        try measurePostgresArray(values, level: 0, into: &lengths)
        let dimensions = lengths.contains(0) ? 0 : lengths.count
        guard dimensions <= maximumDimensions else {
            throw .tooManyElements(count: dimensions, limit: maximumDimensions)
        }
        writer.append(Int32(truncatingIfNeeded: dimensions))
        let flags = writer.count
        writer.append(Int32(0))
        try encodeLeafType(into: &writer)
        guard dimensions > 0 else { return }
        for length in lengths {
            guard length <= maximumElements else {
                throw .tooManyElements(count: length, limit: maximumElements)
            }
            writer.append(Int32(truncatingIfNeeded: length))
            writer.append(Int32(1))
        }
        if try encodePostgresElements(values, into: &writer) { writer.replace(at: flags, with: 1) }
    }

    /// Appends or checks the length of one dimension.
    @inlinable
    static func measureLevel(_ count: Int, _ level: Int, _ lengths: inout [Int]) throws(EncodingFault) {
        if lengths.count == level {
            lengths.append(count)
        } else if lengths[level] != count {
            throw .raggedArray
        }
    }
}

extension PostgresEncodableElement where Self: PostgresEncodable {
    /// The built-in array type of this type, or unspecified.
    @inlinable public static var postgresArrayType: PostgresOID { postgresType.arrayType ?? .unspecified }

    /// Text for elements in text form, binary for all others.
    @inlinable public static var postgresArrayFormat: PostgresFormat { postgresFormat }

    /// This type.
    @inlinable public static var postgresLeafType: PostgresOID { postgresType }

    /// This type's name.
    @inlinable public static var postgresLeafTypeName: String? { postgresTypeName }

    /// Takes the number of elements for the length of the last dimension.
    @inlinable
    public static func measurePostgresArray(
        _ values: [Self], level: Int, into lengths: inout [Int]
    ) throws(EncodingFault) {
        try measureLevel(values.count, level, &lengths)
    }

    /// Appends the elements one by one.
    @inlinable
    public static func encodePostgresElements(
        _ values: [Self], into writer: inout ByteWriter
    ) throws(EncodingFault) -> Bool {
        var hasNull = false
        for value in values {
            let start = writer.count
            try value.encodeField(into: &writer)
            // An empty value also takes four bytes, but its length is 0.
            if writer.count == start &+ 4, writer.integer(at: start) < 0 { hasNull = true }
        }
        return hasNull
    }

    /// Appends the elements between braces, each in quotes.
    public static func encodePostgresText(
        _ values: [Self], into writer: inout ByteWriter
    ) throws(EncodingFault) {
        var field = ByteWriter(capacity: 64)
        writer.append(UInt8(ascii: "{"))
        var isFirst = true
        for value in values {
            if !isFirst { writer.append(UInt8(ascii: ",")) }
            isFirst = false
            field.removeAll()
            try value.encodeField(into: &field)
            if field.integer(at: 0) < 0 {
                writer.append(utf8: "NULL")
            } else {
                writer.append(arrayText: field.bytes.extracting(droppingFirst: 4))
            }
        }
        writer.append(UInt8(ascii: "}"))
    }
}

extension ByteWriter {
    /// Appends an element of an array's text form: in quotes, with quotes and backslashes escaped.
    mutating func append(arrayText bytes: RawSpan) {
        append(UInt8(ascii: "\""))
        for offset in 0..<bytes.byteCount {
            let byte = bytes.unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self)
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { append(UInt8(ascii: "\\")) }
            append(byte)
        }
        append(UInt8(ascii: "\""))
    }
}
