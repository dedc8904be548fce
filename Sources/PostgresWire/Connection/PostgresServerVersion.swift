/// The version of a server, as 18.6 or 9.6.24.
///
/// Source: PostgreSQL 18 manual, "Protocol Flow", `server_version`; versioning policy: since 10 the first number is the
/// major version, before it were the first two.
public struct PostgresServerVersion: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The first number.
    public let major: Int
    /// The second number; 0 if there is none, as before a first release.
    public let minor: Int
    /// The third number, which only versions before 10 have; 0 otherwise.
    public let patch: Int
    /// What the server has reported, as `18.6 (Debian 18.6-1)`.
    public let description: String

    /// Reads what a server reports.
    ///
    /// - Returns: nil for a text that does not begin with a number.
    public init?(_ text: String) {
        let numbers = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            .split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
        guard let first = numbers.first, let major = first else { return nil }
        self.major = major
        minor = numbers.count > 1 ? numbers[1] ?? 0 : 0
        patch = numbers.count > 2 ? numbers[2] ?? 0 : 0
        description = text
    }

    /// Compares by the numbers alone.
    public static func < (left: PostgresServerVersion, right: PostgresServerVersion) -> Bool {
        (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
    }

    /// Whether the numbers are the same.
    public static func == (left: PostgresServerVersion, right: PostgresServerVersion) -> Bool {
        (left.major, left.minor, left.patch) == (right.major, right.minor, right.patch)
    }

    /// Hashes the numbers.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(major)
        hasher.combine(minor)
        hasher.combine(patch)
    }
}
