public import JSONModel
public import PostgresProtocol

/// A cell that cannot become the Swift value asked for.
///
/// It carries no data of the row. The row adds the column's name, its index and both types.
public enum DecodingFault: Error, Hashable, Sendable {
    /// The cell is NULL and the Swift type is not optional.
    case unexpectedNull
    /// The Swift type does not read this PostgreSQL type in this format.
    case typeMismatch(PostgresOID, PostgresFormat)
    /// The bytes contradict the format of their type.
    case malformed(WireFault)
    /// The value is valid but does not fit into the Swift type, as 300 into `UInt8` or infinity into `Date`.
    case outOfRange
    /// The cell is no JSON text.
    case invalidJSON(JSONFault)
    /// Containers lie in one another deeper than `limit`.
    case nestedTooDeep(limit: Int)
    /// A user's own type refused the value, for this reason.
    case custom(StaticStringName)
}
