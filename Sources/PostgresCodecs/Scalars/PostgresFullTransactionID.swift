/// The number of a transaction that never repeats: PostgreSQL's `xid8`.
///
/// Source: PostgreSQL 18 manual, "Object Identifier Types".
public struct PostgresFullTransactionID: Hashable, Sendable, PostgresIdentifier {
    /// The number.
    public var rawValue: UInt64

    /// Names the number.
    public init(rawValue: UInt64) { self.rawValue = rawValue }

    /// `xid8`.
    public static var postgresType: PostgresOID { .xid8 }
}
