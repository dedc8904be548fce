public import PostgresProtocol

/// A Swift type that reads values of PostgreSQL types.
///
/// Decoding is planned once per result: `accepts` is asked for each column, then `init(cell:)` is called for each
/// cell without another look at the type. A conforming type must therefore check everything that the bytes
/// themselves decide (lengths, ranges), and must never trap: the bytes come from a peer.
public protocol PostgresDecodable {
    /// Tells whether values of `type` in `format` can be read.
    static func accepts(_ type: PostgresOID, _ format: PostgresFormat) -> Bool

    /// Reads a value that is not NULL; `accepts` has returned true for its type and format.
    init(cell: borrowing PostgresCell) throws(DecodingFault)

    /// Gives the value that stands for NULL; throws `unexpectedNull` unless the type is optional.
    static func decodeNull() throws(DecodingFault) -> Self
}

extension PostgresDecodable {
    @inlinable
    public static func decodeNull() throws(DecodingFault) -> Self { throw .unexpectedNull }
}

extension Optional: PostgresDecodable where Wrapped: PostgresDecodable {
    @inlinable
    public static func accepts(_ type: PostgresOID, _ format: PostgresFormat) -> Bool {
        Wrapped.accepts(type, format)
    }

    @inlinable
    public init(cell: borrowing PostgresCell) throws(DecodingFault) { self = .some(try Wrapped(cell: cell)) }

    @inlinable
    public static func decodeNull() throws(DecodingFault) -> Wrapped? { .none }
}
