public import PostgresProtocol

/// A Swift type that becomes a parameter of a statement or a field of a COPY row.
public protocol PostgresEncodable: PostgresEncodableElement {
    /// The type to declare for the parameter; `.unspecified` lets the server take it from the parameter's place.
    static var postgresType: PostgresOID { get }

    /// The name of the type where its number differs from database to database, written as in SQL: `mood`,
    /// `app.mood`, `"App"."Mood"`.
    ///
    /// It is needed only where such a value lies in an array, a composite value or another container: the number is
    /// looked up then, once for a pool. A name without a schema is looked for along `search_path`. nil unless the type
    /// says otherwise.
    static var postgresTypeName: String? { get }

    /// The format that `encode(into:)` writes; binary unless the type has no binary form.
    static var postgresFormat: PostgresFormat { get }

    /// Appends the value, without a length.
    func encode(into writer: inout ByteWriter) throws(EncodingFault)

    /// Appends the value's length and the value, or -1 for NULL. Only optionals need to write this themselves.
    func encodeField(into writer: inout ByteWriter) throws(EncodingFault)
}

/// The longest value that the server takes: one byte less than 1 GiB.
@usableFromInline let postgresFieldLimit = 0x3FFF_FFFF

extension PostgresEncodable {
    /// nil.
    @inlinable
    public static var postgresTypeName: String? { nil }

    /// Binary.
    @inlinable
    public static var postgresFormat: PostgresFormat { .binary }

    /// Appends the length and the value.
    ///
    /// - Throws: `tooLong` for a value of 1 GiB or more, and what `encode(into:)` throws.
    @inlinable
    public func encodeField(into writer: inout ByteWriter) throws(EncodingFault) {
        let position = writer.beginLength()
        try encode(into: &writer)
        let length = writer.count &- position &- 4
        guard length <= postgresFieldLimit else {
            writer.truncate(to: position)
            throw .tooLong(bytes: length, limit: postgresFieldLimit)
        }
        writer.endLength(at: position)
    }
}

/// Elements may be NULL.
extension Optional: PostgresEncodableElement where Wrapped: PostgresEncodable {}

extension Optional: PostgresEncodable where Wrapped: PostgresEncodable {
    /// The wrapped type's.
    @inlinable
    public static var postgresType: PostgresOID { Wrapped.postgresType }

    /// The wrapped type's.
    @inlinable
    public static var postgresTypeName: String? { Wrapped.postgresTypeName }

    /// The wrapped type's.
    @inlinable
    public static var postgresFormat: PostgresFormat { Wrapped.postgresFormat }

    /// Appends nothing for nil: use `encodeField(into:)`, which tells NULL from an empty value.
    @inlinable
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) {
        if let value = self { try value.encode(into: &writer) }
    }

    /// Appends the length and the value, or -1 for nil.
    @inlinable
    public func encodeField(into writer: inout ByteWriter) throws(EncodingFault) {
        guard let value = self else {
            writer.append(Int32(-1))
            return
        }
        try value.encodeField(into: &writer)
    }
}
