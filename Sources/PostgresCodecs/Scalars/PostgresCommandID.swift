/// The number of a command within its transaction: PostgreSQL's `cid`.
///
/// Source: PostgreSQL 18 manual, "Object Identifier Types".
public struct PostgresCommandID: Hashable, Sendable, PostgresIdentifier {
    /// The number.
    public var rawValue: UInt32

    /// Names the number.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// `cid`.
    public static var postgresType: PostgresOID { .cid }
}
