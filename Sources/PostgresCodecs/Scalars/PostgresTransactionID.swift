/// The number of a transaction, which starts anew after four thousand million: PostgreSQL's `xid`.
///
/// Source: PostgreSQL 18 manual, "Object Identifier Types".
public struct PostgresTransactionID: Hashable, Sendable, PostgresIdentifier {
    /// The number.
    public var rawValue: UInt32

    /// Names the number.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// `xid`.
    public static var postgresType: PostgresOID { .xid }
}
