/// A span of time as PostgreSQL keeps it: months, days and microseconds apart, or one of two infinities.
///
/// A month has no fixed number of days and a day no fixed number of hours, so none of the three is folded into
/// another: `1 mon` and `30 days` are different values here, although the server calls them equal.
///
/// Source: PostgreSQL 18 manual, "Interval Input" and "Interval Output".
public struct PostgresInterval: Hashable, Sendable {
    /// Months, 12 to the year.
    public var months: Int32
    /// Days, of whatever length.
    public var days: Int32
    /// Microseconds, independent of the days.
    public var microseconds: Int64

    /// Makes a span of its three parts.
    public init(months: Int32 = 0, days: Int32 = 0, microseconds: Int64 = 0) {
        self.months = months
        self.days = days
        self.microseconds = microseconds
    }

    /// Longer than every other span; servers before 17 refuse it.
    public static let infinity = PostgresInterval(months: .max, days: .max, microseconds: .max)
    /// Shorter than every other span; servers before 17 refuse it.
    public static let negativeInfinity = PostgresInterval(months: .min, days: .min, microseconds: .min)

    /// Whether this is neither of the infinities.
    public var isFinite: Bool { self != .infinity && self != .negativeInfinity }

    /// Makes a span without months and days, rounded to the nearest microsecond; nil beyond 292,271 years.
    public init?(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        let (whole, tooLong) = seconds.multipliedReportingOverflow(by: 1_000_000)
        // Both parts have the sign of the duration: half a microsecond rounds away from zero.
        let half: Int64 = attoseconds < 0 ? -500_000_000_000 : 500_000_000_000
        let (sum, overflow) = whole.addingReportingOverflow((attoseconds + half) / 1_000_000_000_000)
        guard !tooLong, !overflow else { return nil }
        self.init(microseconds: sum)
    }

    /// The span as a duration, a day counted as 24 hours; nil with months and for the infinities.
    public var duration: Duration? {
        guard months == 0, isFinite else { return nil }
        return .seconds(Int64(days) * 86_400) + .microseconds(microseconds)
    }
}
