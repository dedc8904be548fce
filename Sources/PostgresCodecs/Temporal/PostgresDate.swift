public import PostgresProtocol

/// A day as PostgreSQL keeps it: days since 2000-01-01, or one of two infinities.
///
/// Source: PostgreSQL 18 manual, "Date/Time Types".
public struct PostgresDate: Hashable, Sendable {
    /// Days since 2000-01-01.
    ///
    /// The greatest and the least number stand for infinity and -infinity.
    public var days: Int32

    /// Makes the day so many days after 2000-01-01.
    public init(days: Int32) { self.days = days }

    /// Later than every other day.
    public static let infinity = PostgresDate(days: .max)
    /// Earlier than every other day.
    public static let negativeInfinity = PostgresDate(days: .min)

    /// Whether this is neither of the infinities.
    public var isFinite: Bool { days != .max && days != .min }

    /// The days that the server stores: from 4714-11-24 BC until before 5874898-01-01.
    static let serverRange: Range<Int32> = -2_451_545..<2_145_031_949

    /// Makes a day of the Gregorian calendar, year 0 being 1 BC; nil if it does not exist or is out of range.
    public init?(year: Int, month: Int, day: Int) {
        guard -10_000...6_000_000 ~= year, 1...12 ~= month, 1...31 ~= day else { return nil }
        let date = CivilDate(year: year, month: month, day: day)
        guard date.isValid, let days = Int32(exactly: date.daysSince2000), Self.serverRange.contains(days)
        else {
            return nil
        }
        self.days = days
    }

    /// Year (0 is 1 BC), month and day; nil for the infinities.
    public var components: (year: Int, month: Int, day: Int)? {
        guard isFinite else { return nil }
        let date = CivilDate(daysSince2000: Int(days))
        return (date.year, date.month, date.day)
    }
}

extension PostgresDate: Comparable {
    /// Compares in time.
    public static func < (left: PostgresDate, right: PostgresDate) -> Bool { left.days < right.days }
}

extension PostgresDate: CustomStringConvertible {
    /// The text that a server with `DateStyle = ISO` writes: `2024-02-29`.
    public var description: String {
        guard isFinite else { return self == .infinity ? "infinity" : "-infinity" }
        let date = CivilDate(daysSince2000: Int(days))
        return date.text + (date.isBeforeChrist ? " BC" : "")
    }

    /// Reads ISO text; nil for anything else and outside of the server's range.
    public init?(_ text: String) {
        switch text {
        case "infinity": self = .infinity
        case "-infinity": self = .negativeInfinity
        default:
            var scanner = TemporalScanner(text)
            guard let written = scanner.date(), let date = scanner.era(written), scanner.isAtEnd else {
                return nil
            }
            self.init(year: date.year, month: date.month, day: date.day)
        }
    }
}

extension PostgresDate: PostgresEncodable {
    /// `date`.
    public static var postgresType: PostgresOID { .date }

    /// Appends the days.
    ///
    /// - Throws: `outOfRange` for what is neither infinite nor in the server's range.
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) {
        guard !isFinite || Self.serverRange.contains(days) else { throw .outOfRange(type: "date") }
        writer.append(days)
    }
}

extension PostgresDate: PostgresDecodable {
    /// Takes `date`.
    public static func accepts(_ type: PostgresOID, _ format: PostgresFormat) -> Bool { type == .date }

    /// Reads the days; in text form, the ISO style.
    public init(cell: borrowing PostgresCell) throws(DecodingFault) {
        guard cell.format == .binary else {
            self = try cell.parse { PostgresDate($0) }
            return
        }
        days = try cell.integer(Int32.self)
    }
}
