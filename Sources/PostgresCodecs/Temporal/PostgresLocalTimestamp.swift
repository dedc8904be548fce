public import PostgresProtocol

/// A day and a time of day without a zone, or one of two infinities: PostgreSQL's `timestamp`.
///
/// It names no instant: what the clocks show, wherever they hang. `PostgresTimestamp` is an instant.
///
/// Source: PostgreSQL 18 manual, "Date/Time Types".
public struct PostgresLocalTimestamp: Hashable, Sendable {
    /// Microseconds since 2000-01-01 00:00; the greatest and the least number stand for infinity and -infinity.
    public var microseconds: Int64

    /// Makes the time so many microseconds after 2000-01-01 00:00.
    public init(microseconds: Int64) { self.microseconds = microseconds }

    /// Later than every other time.
    public static let infinity = PostgresLocalTimestamp(microseconds: .max)
    /// Earlier than every other time.
    public static let negativeInfinity = PostgresLocalTimestamp(microseconds: .min)

    /// Whether this is neither of the infinities.
    public var isFinite: Bool { microseconds != .max && microseconds != .min }

    /// Joins a day and a time of day; nil for an infinite day and outside of the server's range.
    public init?(_ date: PostgresDate, _ time: PostgresTime) {
        let (midnight, overflow) = Int64(date.days).multipliedReportingOverflow(by: 86_400_000_000)
        guard date.isFinite, !overflow, PostgresTimestamp.serverRange.contains(midnight + time.microseconds)
        else {
            return nil
        }
        microseconds = midnight + time.microseconds
    }

    /// The instant at which clocks of UTC show this time.
    public var utc: PostgresTimestamp { PostgresTimestamp(microseconds: microseconds) }
}

extension PostgresLocalTimestamp: Comparable {
    /// Compares as if all clocks were of one zone.
    public static func < (left: PostgresLocalTimestamp, right: PostgresLocalTimestamp) -> Bool {
        left.microseconds < right.microseconds
    }
}

extension PostgresLocalTimestamp: PostgresExactType {
    /// `timestamp`.
    public static var postgresType: PostgresOID { .timestamp }

    /// The text that a server with `DateStyle = ISO` writes: `2024-02-29 12:34:56.789`.
    public var description: String {
        guard isFinite else { return self == .infinity ? "infinity" : "-infinity" }
        let (date, time) = utc.civil
        let text = "\(date.text) \(PostgresTimestamp.text(timeOfDay: time))"
        return date.isBeforeChrist ? text + " BC" : text
    }

    /// Reads ISO text without a zone; nil for anything else and outside of the server's range.
    public init?(_ text: String) {
        switch text {
        case "infinity": self = .infinity
        case "-infinity": self = .negativeInfinity
        default:
            var scanner = TemporalScanner(text)
            guard let written = scanner.date(), scanner.skip(" ") || scanner.skip("T"),
                let time = scanner.time(), let date = scanner.era(written), scanner.isAtEnd
            else { return nil }
            let (midnight, overflow) = Int64(date.daysSince2000).multipliedReportingOverflow(
                by: 86_400_000_000)
            let (value, tooBig) = midnight.addingReportingOverflow(time)
            guard !overflow, !tooBig, PostgresTimestamp.serverRange.contains(value) else { return nil }
            microseconds = value
        }
    }

    /// Appends the microseconds.
    ///
    /// - Throws: `outOfRange` for what is neither infinite nor in the server's range.
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) {
        guard !isFinite || PostgresTimestamp.serverRange.contains(microseconds) else {
            throw .outOfRange(type: "timestamp")
        }
        writer.append(microseconds)
    }

    @_lifetime(reader: copy reader)
    package init(reading reader: inout ByteReader) throws(DecodingFault) {
        microseconds = try reader.decode()
    }
}
