public import PostgresProtocol

/// Data of a binary COPY that contradict their format.
///
/// Source: PostgreSQL 18 manual, "COPY", "Binary Format".
public enum CopyFault: Error, Hashable, Sendable {
    /// The data do not begin with the signature.
    case badSignature
    /// The header announces something that this reader does not know, as object identifiers of rows.
    case unsupportedFlags(UInt32)
    /// A row has another number of columns than the statement.
    case columnCount(Int, expected: Int)
    /// A length makes no sense.
    case malformed(WireFault)
    /// The data end in the middle.
    case truncated
    /// Something follows the end mark.
    case dataAfterEnd
    /// The server counts another number of rows than have come.
    case rowCount(Int, counted: Int)
}
