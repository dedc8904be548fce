/// A place in the write-ahead log: PostgreSQL's `pg_lsn`.
///
/// Source: PostgreSQL 18 manual, "pg_lsn Type".
public struct PostgresLSN: Hashable, Sendable, PostgresIdentifier {
    /// The distance from the beginning of the log in bytes.
    public var rawValue: UInt64

    /// Names the place so many bytes after the beginning of the log.
    public init(rawValue: UInt64) { self.rawValue = rawValue }

    /// `pg_lsn`.
    public static var postgresType: PostgresOID { .pgLSN }

    /// The server's text: `16/B374D848`.
    public var description: String {
        String(rawValue >> 32, radix: 16, uppercase: true) + "/"
            + String(rawValue & 0xFFFF_FFFF, radix: 16, uppercase: true)
    }

    /// Reads two hexadecimal numbers with a slash between them; nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let high = UInt32(parts[0], radix: 16), let low = UInt32(parts[1], radix: 16)
        else {
            return nil
        }
        rawValue = UInt64(high) << 32 | UInt64(low)
    }
}

extension PostgresLSN: Comparable {
    /// Compares the distances.
    public static func < (left: PostgresLSN, right: PostgresLSN) -> Bool { left.rawValue < right.rawValue }
}
