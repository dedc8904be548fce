extension PostgresTimestamp: CustomStringConvertible {
    /// The text that a server with `TimeZone = UTC` and `DateStyle = ISO` writes: `2024-02-29 12:34:56.789+00`.
    public var description: String {
        guard isFinite else { return self == .infinity ? "infinity" : "-infinity" }
        let (date, time) = civil
        return "\(date.text) \(Self.text(timeOfDay: time))+00\(date.isBeforeChrist ? " BC" : "")"
    }

    /// The day, and the microseconds since its midnight.
    var civil: (CivilDate, Int64) {
        let day: Int64 = 86_400_000_000
        let (quotient, remainder) = microseconds.quotientAndRemainder(dividingBy: day)
        let days = remainder < 0 ? quotient - 1 : quotient
        let time = remainder < 0 ? remainder + day : remainder
        return (CivilDate(daysSince2000: Int(days)), time)
    }

    static func text(timeOfDay time: Int64) -> String {
        let (seconds, fraction) = Int(time).quotientAndRemainder(dividingBy: 1_000_000)
        var text = CivilDate.padded(seconds / 3600, 2)
        text += ":" + CivilDate.padded(seconds / 60 % 60, 2)
        text += ":" + CivilDate.padded(seconds % 60, 2)
        guard fraction > 0 else { return text }
        text += "." + CivilDate.padded(fraction, 6)
        while text.hasSuffix("0") { text.removeLast() }
        return text
    }
}

extension PostgresTimestamp {
    /// Reads ISO text: `2024-02-29 12:34:56.789012+02`, with `T` or a space, an offset or `Z` or nothing (UTC), and
    /// ` BC`, or `infinity`; nil for anything else and outside of the server's range.
    ///
    /// Digits beyond microseconds are refused.
    public init?(_ text: String) {
        switch text {
        case "infinity": self = .infinity
        case "-infinity": self = .negativeInfinity
        default:
            var scanner = TemporalScanner(text)
            guard let date = scanner.date(), scanner.skip(" ") || scanner.skip("T") else { return nil }
            guard let time = scanner.time(), let offset = scanner.offset() else { return nil }
            guard let date = scanner.era(date), scanner.isAtEnd else { return nil }
            let (midnight, overflow) = Int64(date.daysSince2000).multipliedReportingOverflow(
                by: 86_400_000_000)
            let (value, tooBig) = midnight.addingReportingOverflow(time - offset)
            guard !overflow, !tooBig, Self.serverRange.contains(value) else { return nil }
            microseconds = value
        }
    }
}
