extension PostgresInterval: CustomStringConvertible {
    /// The text that a server with `IntervalStyle = postgres` writes: `1 year 2 mons -3 days +04:05:06.789`.
    public var description: String {
        guard isFinite else { return self == .infinity ? "infinity" : "-infinity" }
        var text = ""
        var followsNegative = false
        func append(_ value: Int32, _ unit: String) {
            guard value != 0 else { return }
            if !text.isEmpty { text += " " }
            if followsNegative, value > 0 { text += "+" }
            text += "\(value) \(unit)\(value == 1 ? "" : "s")"
            followsNegative = value < 0
        }
        append(months / 12, "year")
        append(months % 12, "mon")
        append(days, "day")
        guard text.isEmpty || microseconds != 0 else { return text }
        if !text.isEmpty { text += " " }
        if microseconds < 0 { text += "-" } else if followsNegative { text += "+" }
        return text + Self.clock(microseconds.magnitude)
    }

    /// Hours, which may have more than two digits, minutes and seconds.
    private static func clock(_ microseconds: UInt64) -> String {
        let (hours, rest) = microseconds.quotientAndRemainder(dividingBy: 3_600_000_000)
        // The hour of the clock's text is always 00 here.
        return CivilDate.padded(Int(hours), 2) + PostgresTimestamp.text(timeOfDay: Int64(rest)).dropFirst(2)
    }
}

extension PostgresInterval: LosslessStringConvertible {
    /// Reads the server's `postgres` style; nil for any other, and for parts that do not fit.
    public init?(_ text: String) {
        switch text {
        case "infinity": self = .infinity
        case "-infinity": self = .negativeInfinity
        default:
            self.init()
            var words = text.split(separator: " ", omittingEmptySubsequences: false)[...]
            guard !text.isEmpty else { return nil }
            while let word = words.popFirst() {
                if word.utf8.contains(UInt8(ascii: ":")) {
                    guard words.isEmpty, let time = Self.time(String(word)) else { return nil }
                    microseconds = time
                } else {
                    guard let value = Int32(word), let unit = words.popFirst(), add(value, unit) else {
                        return nil
                    }
                }
            }
        }
    }

    private mutating func add(_ value: Int32, _ unit: Substring) -> Bool {
        switch unit {
        case "year", "years":
            let (product, overflow) = value.multipliedReportingOverflow(by: 12)
            months = product
            return !overflow
        case "mon", "mons":
            let (sum, overflow) = months.addingReportingOverflow(value)
            months = sum
            return !overflow
        case "day", "days":
            days = value
            return true
        default: return false
        }
    }

    /// Reads `-04:05:06.789`, with any number of hours.
    private static func time(_ text: String) -> Int64? {
        var scanner = TextScanner(text)
        let isNegative = scanner.skip("-")
        if !isNegative { _ = scanner.skip("+") }
        guard let hours = scanner.number(digits: 10), scanner.skip(":"),
            let minutes = scanner.number(digits: 2), scanner.skip(":"),
            let seconds = scanner.number(digits: 2), minutes < 60, seconds < 60
        else { return nil }
        var fraction = 0
        if scanner.skip(".") {
            let start = scanner.position
            guard let digits = scanner.number(digits: 6) else { return nil }
            fraction = digits
            for _ in (scanner.position - start)..<6 { fraction *= 10 }
        }
        // Subtracted, because the least number of 64 bits has no positive counterpart.
        let whole = Int64((hours * 60 + minutes) * 60 + seconds)
        let (scaled, tooLong) = whole.multipliedReportingOverflow(by: -1_000_000)
        let (value, overflow) = scaled.subtractingReportingOverflow(Int64(fraction))
        guard scanner.isAtEnd, !tooLong, !overflow else { return nil }
        guard !isNegative else { return value }
        return value == .min ? nil : -value
    }
}
