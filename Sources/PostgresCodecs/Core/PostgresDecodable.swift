public import PostgresProtocol

/// A Swift type that reads values of PostgreSQL types.
///
/// Decoding is planned once per result: `accepts` is asked for each column, then `init(cell:)` is called for each
/// cell without another look at the type. A conforming type must therefore check everything that the bytes
/// themselves decide (lengths, ranges), and must never trap: the bytes come from a peer.
public protocol PostgresDecodable: PostgresDecodableElement {
    /// Tells whether values of `type` in `format` can be read.
    static func accepts(_ type: PostgresOID, _ format: PostgresFormat) -> Bool

    /// Reads a value that is not NULL; `accepts` has returned true for its type and format.
    init(cell: borrowing PostgresCell) throws(DecodingFault)

    /// Gives the value that stands for NULL; throws `unexpectedNull` unless the type is optional.
    static func decodeNull() throws(DecodingFault) -> Self
}

extension PostgresDecodable {
    /// Throws `unexpectedNull`.
    @inlinable
    public static func decodeNull() throws(DecodingFault) -> Self { throw .unexpectedNull }
}

/// Elements may be NULL.
extension Optional: PostgresDecodableElement where Wrapped: PostgresDecodable {}

extension Optional: PostgresDecodable where Wrapped: PostgresDecodable {
    /// Takes what the wrapped type takes.
    @inlinable
    public static func accepts(_ type: PostgresOID, _ format: PostgresFormat) -> Bool {
        Wrapped.accepts(type, format)
    }

    /// Reads the wrapped type's value.
    @inlinable
    public init(cell: borrowing PostgresCell) throws(DecodingFault) { self = .some(try Wrapped(cell: cell)) }

    /// Gives nil.
    @inlinable
    public static func decodeNull() throws(DecodingFault) -> Wrapped? { .none }
}
