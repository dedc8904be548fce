public import PostgresProtocol

/// A time of day with the distance of its zone from UTC: PostgreSQL's `timetz`.
///
/// Source: PostgreSQL 18 manual, "Date/Time Types".
public struct PostgresTimeWithZone: Hashable, Sendable {
    /// The time on the clocks of the zone.
    public let time: PostgresTime
    /// How far the zone's clocks are ahead of UTC, in seconds; less than 16 hours either way.
    public let secondsFromUTC: Int

    private static let limit = 16 * 3600

    /// Makes a time in UTC.
    public init(utc time: PostgresTime) {
        self.time = time
        secondsFromUTC = 0
    }

    /// Makes a time in a zone; nil for a zone 16 hours or more away from UTC.
    public init?(_ time: PostgresTime, secondsFromUTC: Int) {
        guard (1 - Self.limit)...(Self.limit - 1) ~= secondsFromUTC else { return nil }
        self.time = time
        self.secondsFromUTC = secondsFromUTC
    }
}

extension PostgresTimeWithZone: PostgresExactType {
    /// `timetz`.
    public static var postgresType: PostgresOID { .timetz }

    /// The server's text: `12:34:56.789+05:30`.
    public var description: String {
        let distance = abs(secondsFromUTC)
        var text = time.description + (secondsFromUTC < 0 ? "-" : "+") + CivilDate.padded(distance / 3600, 2)
        guard !distance.isMultiple(of: 3600) else { return text }
        text += ":" + CivilDate.padded(distance / 60 % 60, 2)
        return distance.isMultiple(of: 60) ? text : text + ":" + CivilDate.padded(distance % 60, 2)
    }

    /// Reads a time followed by `Z`, `+02`, `-03:30` or `+00:19:32`; nil for anything else.
    public init?(_ text: String) {
        var scanner = TemporalScanner(text)
        guard let microseconds = scanner.time(), !scanner.isAtEnd, let offset = scanner.offset(),
            scanner.isAtEnd, let time = PostgresTime(microseconds: microseconds)
        else { return nil }
        self.init(time, secondsFromUTC: Int(offset / 1_000_000))
    }

    /// Appends the microseconds and the seconds west of UTC.
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) {
        writer.append(time.microseconds)
        writer.append(Int32(truncatingIfNeeded: -secondsFromUTC))
    }

    @_lifetime(reader: copy reader)
    package init(reading reader: inout ByteReader) throws(DecodingFault) {
        let time = try PostgresTime(reading: &reader)
        let west = Int(try reader.decode(Int32.self))
        guard let value = PostgresTimeWithZone(time, secondsFromUTC: -west) else {
            throw .malformed(.lengthOutOfRange(west, offset: 8))
        }
        self = value
    }
}
