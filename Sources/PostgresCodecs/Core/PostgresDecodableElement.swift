public import PostgresProtocol

/// A Swift type whose arrays can be read from cells.
///
/// Every `PostgresDecodable` type is one and need not do anything for it. The only type that is an element without
/// being a value of its own is `UInt8`, whose arrays are read from `bytea`.
///
/// The requirements exist so that numeric types can read their elements in bulk.
public protocol PostgresDecodableElement {
    /// Tells whether an array of this type reads values of `type` in `format`.
    static func acceptsPostgresArray(_ type: PostgresOID, _ format: PostgresFormat) -> Bool

    /// Whether an array of this type is one value and no SQL array, as bytes are.
    static var postgresArrayIsScalarWhenRead: Bool { get }

    /// Tells whether the innermost elements can be read from `type` in binary form.
    static func acceptsPostgresLeaf(_ type: PostgresOID) -> Bool

    /// Reads a cell as an array of this type.
    static func decodePostgresArray(_ cell: borrowing PostgresCell) throws(DecodingFault) -> [Self]

    /// Reads `count` elements of `type`, each with its length.
    @_lifetime(reader: copy reader)
    static func decodePostgresElements(
        _ reader: inout ByteReader, type: PostgresOID, count: Int
    ) throws(DecodingFault) -> [Self]

    /// Reads the dimensions of an array from `level` on.
    @_lifetime(reader: copy reader)
    static func decodePostgresRows(
        _ reader: inout ByteReader, header: borrowing PostgresArrayHeader, level: Int
    ) throws(DecodingFault) -> [Self]

    /// Reads one element of an array's text form; nil is NULL.
    static func decodePostgresText(_ cell: borrowing PostgresCell) throws(DecodingFault) -> Self

    /// Gives the element that stands for NULL.
    static func decodePostgresNull() throws(DecodingFault) -> Self
}

extension PostgresDecodableElement {
    /// False: most arrays are SQL arrays.
    @inlinable public static var postgresArrayIsScalarWhenRead: Bool { false }

    /// Reads a SQL array.
    ///
    /// - Throws: `malformed` for bytes that are no array, `typeMismatch` for elements of another type, `outOfRange`
    ///   if the array has not as many dimensions as the Swift type.
    @inlinable
    public static func decodePostgresArray(_ cell: borrowing PostgresCell) throws(DecodingFault) -> [Self] {
        guard cell.format == .binary else { return try PostgresArrayText.read(cell, as: Self.self) }
        var reader = ByteReader(cell.bytes)
        let header = try PostgresArrayHeader(reading: &reader)
        guard acceptsPostgresLeaf(header.elementType) else {
            throw .typeMismatch(header.elementType, .binary)
        }
        guard header.count > 0 else {
            try reader.finishDecoding()
            return []
        }
        let values = try decodePostgresRows(&reader, header: header, level: 0)
        try reader.finishDecoding()
        return values
    }
}

extension PostgresDecodableElement where Self: PostgresDecodable {
    /// Tells whether the elements of the array type `type` can be read.
    public static func acceptsPostgresArray(_ type: PostgresOID, _ format: PostgresFormat) -> Bool {
        if let element = type.elementType {
            // The text forms of `int2vector` and `oidvector` are not those of arrays.
            return accepts(element, format) && (format == .binary || element.arrayType == type)
        }
        // The number of a user's array type does not tell that of its elements; the cell will.
        return type.isUserDefined && accepts(type, format)
    }

    /// Asks `accepts`.
    @inlinable
    public static func acceptsPostgresLeaf(_ type: PostgresOID) -> Bool { accepts(type, .binary) }

    /// Reads the elements one by one.
    @inlinable
    @_lifetime(reader: copy reader)
    public static func decodePostgresElements(
        _ reader: inout ByteReader, type: PostgresOID, count: Int
    ) throws(DecodingFault) -> [Self] {
        try decodeOneByOne(&reader, type, count)
    }

    /// Reads the last dimension.
    @inlinable
    @_lifetime(reader: copy reader)
    public static func decodePostgresRows(
        _ reader: inout ByteReader, header: borrowing PostgresArrayHeader, level: Int
    ) throws(DecodingFault) -> [Self] {
        guard level == header.dimensions &- 1 else { throw .outOfRange }
        return try decodePostgresElements(&reader, type: header.elementType, count: header.length(of: level))
    }

    /// Reads the element by `init(cell:)`.
    @inlinable
    public static func decodePostgresText(_ cell: borrowing PostgresCell) throws(DecodingFault) -> Self {
        try Self(cell: cell)
    }

    /// Asks `decodeNull`.
    @inlinable
    public static func decodePostgresNull() throws(DecodingFault) -> Self { try decodeNull() }

    @inlinable
    @_lifetime(reader: copy reader)
    static func decodeOneByOne(
        _ reader: inout ByteReader, _ type: PostgresOID, _ count: Int
    ) throws(DecodingFault) -> [Self] {
        var values: [Self] = []
        // Each element takes at least the four bytes of its length, whatever the count claims.
        values.reserveCapacity(min(count, reader.remaining &>> 2))
        for _ in 0..<count {
            let length = try reader.decode(Int32.self)
            if length == -1 {
                values.append(try decodeNull())
            } else {
                let bytes = try reader.decodeBytes(count: Int(length))
                values.append(try Self(cell: PostgresCell(bytes: bytes, type: type)))
            }
        }
        return values
    }
}
