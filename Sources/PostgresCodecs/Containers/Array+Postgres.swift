public import PostgresProtocol

extension Array: PostgresEncodableElement where Element: PostgresEncodableElement {
    /// An array of arrays has the type of the inner arrays: SQL arrays have dimensions instead of nesting.
    @inlinable
    public static var postgresArrayType: PostgresOID {
        let inner = Element.postgresArrayType
        return Element.postgresArrayIsScalar ? inner.arrayType ?? .unspecified : inner
    }

    /// The format of the inner arrays.
    @inlinable public static var postgresArrayFormat: PostgresFormat { Element.postgresArrayFormat }

    /// The type of the innermost elements.
    @inlinable
    public static var postgresLeafType: PostgresOID {
        Element.postgresArrayIsScalar ? Element.postgresArrayType : Element.postgresLeafType
    }

    /// The name of the type of the innermost elements.
    @inlinable public static var postgresLeafTypeName: String? { Element.postgresLeafTypeName }

    /// Measures the rows too, which must be of one length.
    public static func measurePostgresArray(
        _ values: [[Element]], level: Int, into lengths: inout [Int]
    ) throws(EncodingFault) {
        try measureLevel(values.count, level, &lengths)
        guard !Element.postgresArrayIsScalar else { return }
        for row in values { try Element.measurePostgresArray(row, level: level + 1, into: &lengths) }
    }

    /// Appends the elements row by row.
    public static func encodePostgresElements(
        _ values: [[Element]], into writer: inout ByteWriter
    ) throws(EncodingFault) -> Bool {
        var hasNull = false
        for row in values {
            if Element.postgresArrayIsScalar {
                try row.encodeField(into: &writer)
            } else if try Element.encodePostgresElements(row, into: &writer) {
                hasNull = true
            }
        }
        return hasNull
    }

    /// Appends the rows between braces.
    public static func encodePostgresText(
        _ values: [[Element]], into writer: inout ByteWriter
    ) throws(EncodingFault) {
        writer.append(UInt8(ascii: "{"))
        var isFirst = true
        for row in values {
            if !isFirst { writer.append(UInt8(ascii: ",")) }
            isFirst = false
            try Element.encodePostgresText(row, into: &writer)
        }
        writer.append(UInt8(ascii: "}"))
    }
}

/// `[Int]` is `int8[]`, `[[Int]]` a two-dimensional `int8[]`, `[UInt8]` is `bytea`.
extension Array: PostgresEncodable where Element: PostgresEncodableElement {
    /// The array type of the elements; `bytea` for bytes.
    @inlinable public static var postgresType: PostgresOID { Element.postgresArrayType }

    /// The name of the elements' type with brackets, as SQL writes it.
    @inlinable public static var postgresTypeName: String? { Element.postgresLeafTypeName.map { $0 + "[]" } }

    /// The format of the elements.
    @inlinable public static var postgresFormat: PostgresFormat { Element.postgresArrayFormat }

    /// Appends the array.
    ///
    /// - Throws: `raggedArray` for rows that differ in length, `tooManyElements`, and what the elements throw.
    @inlinable
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) {
        try Element.encodePostgresArray(self, into: &writer)
    }
}

extension Array: PostgresDecodableElement where Element: PostgresDecodableElement {
    /// Asks the elements.
    public static func acceptsPostgresArray(_ type: PostgresOID, _ format: PostgresFormat) -> Bool {
        guard Element.postgresArrayIsScalarWhenRead else { return Element.acceptsPostgresArray(type, format) }
        return type.elementType.map { Element.acceptsPostgresArray($0, format) } ?? false
    }

    /// Asks the elements.
    public static func acceptsPostgresLeaf(_ type: PostgresOID) -> Bool {
        Element.postgresArrayIsScalarWhenRead
            ? Element.acceptsPostgresArray(type, .binary) : Element.acceptsPostgresLeaf(type)
    }

    /// Reads each element as an array: only bytes can be elements this way.
    @_lifetime(reader: copy reader)
    public static func decodePostgresElements(
        _ reader: inout ByteReader, type: PostgresOID, count: Int
    ) throws(DecodingFault) -> [[Element]] {
        guard Element.postgresArrayIsScalarWhenRead else { throw .typeMismatch(type, .binary) }
        return try decodeOneByOne(&reader, type, count)
    }

    /// Reads one dimension, and in it the rows.
    @_lifetime(reader: copy reader)
    public static func decodePostgresRows(
        _ reader: inout ByteReader, header: borrowing PostgresArrayHeader, level: Int
    ) throws(DecodingFault) -> [[Element]] {
        let count = header.length(of: level)
        if Element.postgresArrayIsScalarWhenRead {
            guard level == header.dimensions - 1 else { throw .outOfRange }
            return try decodePostgresElements(&reader, type: header.elementType, count: count)
        }
        guard level < header.dimensions - 1 else { throw .outOfRange }
        var rows: [[Element]] = []
        // The header has shown that each row has at least four bytes.
        rows.reserveCapacity(count)
        for _ in 0..<count {
            rows.append(try Element.decodePostgresRows(&reader, header: header, level: level + 1))
        }
        return rows
    }
}

/// `int8[]` is read as `[Int]`, with NULLs as `[Int?]`, with two dimensions as `[[Int]]`; `bytea` as `[UInt8]`.
extension Array: PostgresDecodable where Element: PostgresDecodableElement {
    /// Asks the elements.
    @inlinable
    public static func accepts(_ type: PostgresOID, _ format: PostgresFormat) -> Bool {
        Element.acceptsPostgresArray(type, format)
    }

    /// Reads the array; its lower bounds are forgotten (`PostgresArray` keeps them).
    ///
    /// - Throws: `unexpectedNull` for a NULL among elements that are not optional, `outOfRange` if the array has not
    ///   as many dimensions as the Swift type; an empty array fits every type.
    @inlinable
    public init(cell: borrowing PostgresCell) throws(DecodingFault) {
        self = try Element.decodePostgresArray(cell)
    }
}
