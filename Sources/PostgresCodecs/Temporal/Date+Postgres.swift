public import PostgresProtocol

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

extension PostgresTimestamp {
    /// Microseconds from 2000-01-01 to 2001-01-01, where `Date` begins to count.
    private static let referenceOffset: Int64 = 31_622_400_000_000

    /// Rounds a `Date` to the nearest microsecond; nil if it is outside of the server's range or not finite.
    public init?(_ date: Date) {
        let interval = date.timeIntervalSinceReferenceDate
        // False for NaN too; the server's range in seconds is smaller.
        guard interval.magnitude < 9.2e12 else { return nil }
        // Taken apart, whole seconds and fraction are exact, which their product with a million is not.
        let seconds = interval.rounded(.down)
        let fraction = ((interval - seconds) * 1_000_000).rounded()
        let microseconds = Int64(seconds) * 1_000_000 + Int64(fraction) + Self.referenceOffset
        guard Self.serverRange.contains(microseconds) else { return nil }
        self.microseconds = microseconds
    }

    /// The nearest `Date`; nil for the infinities.
    ///
    /// Between the years 1865 and 2137 it turns back into the same microsecond.
    public var date: Date? {
        guard isFinite else { return nil }
        let (count, overflow) = microseconds.subtractingReportingOverflow(Self.referenceOffset)
        guard !overflow else { return nil }
        return Date(timeIntervalSinceReferenceDate: Double(count) / 1_000_000)
    }
}

extension Date: PostgresEncodable {
    /// `timestamptz`.
    @inlinable public static var postgresType: PostgresOID { .timestamptz }

    /// Appends the instant, rounded to the nearest microsecond.
    ///
    /// - Throws: `outOfRange` outside of the server's range.
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) {
        guard let timestamp = PostgresTimestamp(self) else { throw .outOfRange(type: "timestamptz") }
        writer.append(timestamp.microseconds)
    }
}

extension Date: PostgresDecodable {
    /// Takes `timestamptz`, and `timestamp` as if it were in UTC.
    @inlinable
    public static func accepts(_ type: PostgresOID, _ format: PostgresFormat) -> Bool {
        PostgresTimestamp.accepts(type, format)
    }

    /// Reads the instant, rounded to the nearest `Date`.
    ///
    /// - Throws: `outOfRange` for infinity and -infinity; read a `PostgresTimestamp` where they occur.
    public init(cell: borrowing PostgresCell) throws(DecodingFault) {
        guard let date = try PostgresTimestamp(cell: cell).date else { throw .outOfRange }
        self = date
    }
}
