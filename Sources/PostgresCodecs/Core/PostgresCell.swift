public import PostgresProtocol

/// One value of a result, not NULL: borrowed bytes with their type and format.
public struct PostgresCell: ~Escapable {
    /// The value's bytes, without its length.
    public let bytes: RawSpan
    /// The type the server declared for the column or element.
    public let type: PostgresOID
    /// Whether `bytes` are the binary or the text form.
    public let format: PostgresFormat

    /// Describes `bytes` as a value of `type`.
    @inlinable
    @_lifetime(copy bytes)
    public init(bytes: RawSpan, type: PostgresOID, format: PostgresFormat = .binary) {
        self.bytes = bytes
        self.type = type
        self.format = format
    }
}
