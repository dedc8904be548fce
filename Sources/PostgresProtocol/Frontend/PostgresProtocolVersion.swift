/// A version of PostgreSQL's wire protocol.
///
/// Source: PostgreSQL 18 manual, "Protocol Versions".
public enum PostgresProtocolVersion: String, Sendable, CaseIterable {
    /// What every server since 7.4 speaks.
    case v30 = "3.0"
    /// What PostgreSQL 18 and later speak: keys for cancel requests of up to 256 bytes instead of 4.
    case v32 = "3.2"

    /// The newest version that this client speaks.
    public static let latest = v32

    /// The number in a StartupMessage.
    public var number: Int32 { self == .v30 ? 196_608 : 196_610 }
}

extension PostgresProtocolVersion: Comparable {
    /// Whether `left` is older.
    public static func < (left: Self, right: Self) -> Bool { left.number < right.number }
}
