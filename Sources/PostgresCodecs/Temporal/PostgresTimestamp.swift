/// An instant as PostgreSQL keeps it: microseconds since 2000-01-01 00:00 UTC, or one of two infinities.
///
/// It is exact over the whole range of `timestamptz` (4713 BC to 294276 AD), which Foundation's `Date` is not.
///
/// Source: PostgreSQL 18 manual, "Date/Time Types".
public struct PostgresTimestamp: Hashable, Sendable {
    /// Microseconds since 2000-01-01 00:00 UTC.
    ///
    /// The greatest and the least number stand for infinity and -infinity.
    public var microseconds: Int64

    /// Makes the instant so many microseconds after 2000-01-01 00:00 UTC.
    @inlinable
    public init(microseconds: Int64) { self.microseconds = microseconds }

    /// Later than every other instant.
    public static let infinity = PostgresTimestamp(microseconds: .max)
    /// Earlier than every other instant.
    public static let negativeInfinity = PostgresTimestamp(microseconds: .min)

    /// Whether this is neither of the infinities.
    @inlinable
    public var isFinite: Bool { microseconds != .max && microseconds != .min }

    /// The instants that the server stores: from 4714-11-24 BC until before 294277-01-01.
    static let serverRange: Range<Int64> = -211_813_488_000_000_000..<9_223_371_331_200_000_000

    /// Microseconds from 1970-01-01 to 2000-01-01.
    static let unixOffset: Int64 = 946_684_800_000_000

    /// Makes the instant so many microseconds after 1970-01-01 00:00 UTC; nil if it is out of range.
    public init?(unixMicroseconds: Int64) {
        let (microseconds, overflow) = unixMicroseconds.subtractingReportingOverflow(Self.unixOffset)
        guard !overflow, Self.serverRange.contains(microseconds) else { return nil }
        self.microseconds = microseconds
    }

    /// Microseconds since 1970-01-01 00:00 UTC; nil for the infinities and beyond what 64 bits hold.
    public var unixMicroseconds: Int64? {
        guard isFinite else { return nil }
        let (value, overflow) = microseconds.addingReportingOverflow(Self.unixOffset)
        return overflow ? nil : value
    }
}

extension PostgresTimestamp: Comparable {
    /// Compares in time.
    @inlinable
    public static func < (left: PostgresTimestamp, right: PostgresTimestamp) -> Bool {
        left.microseconds < right.microseconds
    }
}
