public import PostgresProtocol

/// A time of day without a zone: microseconds since midnight, 24:00:00 included.
///
/// Source: PostgreSQL 18 manual, "Date/Time Types".
public struct PostgresTime: Hashable, Sendable {
    /// Microseconds since midnight, from 0 to 86,400,000,000.
    public let microseconds: Int64

    static let range: ClosedRange<Int64> = 0...86_400_000_000

    private init(checked microseconds: Int64) { self.microseconds = microseconds }

    /// 00:00:00, the beginning of the day.
    public static let midnight = PostgresTime(checked: 0)

    /// Makes the time so many microseconds after midnight; nil beyond 24:00:00.
    public init?(microseconds: Int64) {
        guard Self.range.contains(microseconds) else { return nil }
        self.microseconds = microseconds
    }

    /// Makes a time of its parts; nil if one is out of range.
    ///
    /// 24:00:00 is the end of the day.
    public init?(hour: Int, minute: Int, second: Int = 0, microsecond: Int = 0) {
        guard 0...24 ~= hour, 0..<60 ~= minute, 0..<60 ~= second, 0..<1_000_000 ~= microsecond else {
            return nil
        }
        self.init(
            microseconds: Int64((hour * 60 + minute) * 60 + second) * 1_000_000 + Int64(microsecond))
    }
}

extension PostgresTime: Comparable {
    /// Compares within the day.
    public static func < (left: PostgresTime, right: PostgresTime) -> Bool {
        left.microseconds < right.microseconds
    }
}

extension PostgresTime: PostgresExactType {
    /// `time`.
    public static var postgresType: PostgresOID { .time }

    /// The server's text: `12:34:56.789`.
    public var description: String { PostgresTimestamp.text(timeOfDay: microseconds) }

    /// Reads `12:34`, `12:34:56` or `12:34:56.789012`; nil for anything else.
    public init?(_ text: String) {
        var scanner = TemporalScanner(text)
        guard let time = scanner.time(), scanner.isAtEnd else { return nil }
        self.init(microseconds: time)
    }

    /// Appends the microseconds.
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) { writer.append(microseconds) }

    @_lifetime(reader: copy reader)
    package init(reading reader: inout ByteReader) throws(DecodingFault) {
        let value = try reader.decode(Int64.self)
        guard let time = PostgresTime(microseconds: value) else {
            throw .malformed(.lengthOutOfRange(Int(clamping: value), offset: 0))
        }
        self = time
    }
}
