package import FoundationEssentials

extension Date {
    /// The first and last instant with a four-digit year, in milliseconds since 1970.
    private static let wireRange = Int64(-62_167_219_200_000)...Int64(253_402_300_799_999)

    /// Creates a date from milliseconds since 1970, clamped to the years 0 to 9999.
    package init(millisecondsSince1970 milliseconds: Int64) {
        let clamped = min(max(milliseconds, Self.wireRange.lowerBound), Self.wireRange.upperBound)
        self.init(timeIntervalSince1970: Double(clamped) / 1000)
    }

    /// The nearest whole millisecond since 1970, clamped to the years 0 to 9999.
    package var millisecondsSince1970: Int64 {
        let exact = (timeIntervalSince1970 * 1000).rounded()
        guard exact > Double(Self.wireRange.lowerBound) else { return Self.wireRange.lowerBound }
        guard exact < Double(Self.wireRange.upperBound) else { return Self.wireRange.upperBound }
        return Int64(exact)
    }

    /// This date at the precision of the wire, so that it equals itself after a round trip.
    package var wholeMilliseconds: Date { Date(millisecondsSince1970: millisecondsSince1970) }

    /// ISO 8601 in UTC with milliseconds: `2026-01-01T00:00:05.123Z`.
    package var wireText: String {
        let total = millisecondsSince1970
        let (days, rest) = total.flooredDivision(by: 86_400_000)
        let date = CivilDate(daysSince1970: days)
        var text: [UInt8] = []
        text.reserveCapacity(24)
        text.appendDigits(date.year, width: 4)
        text.append(UInt8(ascii: "-"))
        text.appendDigits(date.month, width: 2)
        text.append(UInt8(ascii: "-"))
        text.appendDigits(date.day, width: 2)
        text.append(UInt8(ascii: "T"))
        text.appendDigits(rest / 3_600_000, width: 2)
        text.append(UInt8(ascii: ":"))
        text.appendDigits(rest / 60_000 % 60, width: 2)
        text.append(UInt8(ascii: ":"))
        text.appendDigits(rest / 1000 % 60, width: 2)
        text.append(UInt8(ascii: "."))
        text.appendDigits(rest % 1000, width: 3)
        text.append(UInt8(ascii: "Z"))
        return String(decoding: text, as: UTF8.self)
    }

    /// Reads ISO 8601: a date, or a date and a time with up to nine fraction digits and `Z` or an offset.
    ///
    /// A time without an offset is read as UTC. Digits beyond the millisecond are cut off. Returns nil for
    /// anything else, including a day that does not exist.
    package init?(wireText text: String) {
        var scanner = ISO8601Scanner(text)
        guard let milliseconds = scanner.milliseconds(), Self.wireRange.contains(milliseconds) else {
            return nil
        }
        self.init(millisecondsSince1970: milliseconds)
    }
}

extension Int64 {
    fileprivate func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}

extension [UInt8] {
    fileprivate mutating func appendDigits(_ value: Int64, width: Int) {
        var divisor: Int64 = 1
        for _ in 1..<width { divisor *= 10 }
        while divisor > 0 {
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / divisor % 10))
            divisor /= 10
        }
    }
}
