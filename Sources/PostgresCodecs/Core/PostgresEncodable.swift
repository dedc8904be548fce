public import PostgresProtocol

/// A Swift type that becomes a parameter of a statement or a field of a COPY row.
public protocol PostgresEncodable: Sendable {
    /// The type to declare for the parameter; `.unspecified` lets the server take it from the parameter's place.
    static var postgresType: PostgresOID { get }

    /// The format that `encode(into:)` writes; binary unless the type has no binary form.
    static var postgresFormat: PostgresFormat { get }

    /// Appends the value, without a length.
    func encode(into writer: inout ByteWriter) throws(EncodingFault)

    /// Appends the value's length and the value, or -1 for NULL. Only optionals need to write this themselves.
    func encodeField(into writer: inout ByteWriter) throws(EncodingFault)
}

extension PostgresEncodable {
    @inlinable
    public static var postgresFormat: PostgresFormat { .binary }

    @inlinable
    public func encodeField(into writer: inout ByteWriter) throws(EncodingFault) {
        let position = writer.beginLength()
        try encode(into: &writer)
        writer.endLength(at: position)
    }
}

extension Optional: PostgresEncodable where Wrapped: PostgresEncodable {
    @inlinable
    public static var postgresType: PostgresOID { Wrapped.postgresType }

    @inlinable
    public static var postgresFormat: PostgresFormat { Wrapped.postgresFormat }

    /// Appends nothing for nil: use `encodeField(into:)`, which tells NULL from an empty value.
    @inlinable
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) {
        if let value = self { try value.encode(into: &writer) }
    }

    @inlinable
    public func encodeField(into writer: inout ByteWriter) throws(EncodingFault) {
        guard let value = self else {
            writer.append(Int32(-1))
            return
        }
        try value.encodeField(into: &writer)
    }
}
