package import FoundationEssentials
package import JSONModel

extension Date {
    /// Creates a date from milliseconds since 1970.
    package init(memoryMilliseconds milliseconds: Int64) {
        self.init(timeIntervalSince1970: Double(milliseconds) / 1000)
    }

    /// The nearest whole millisecond since 1970, within the years 1 to 9999.
    package var memoryMilliseconds: Int64 {
        let exact = (timeIntervalSince1970 * 1000).rounded()
        return Int64(min(max(exact, -62_135_596_800_000), 253_402_300_799_999))
    }

    /// This date in whole milliseconds, so that it equals itself after a round trip.
    package var memoryPrecision: Date { Date(memoryMilliseconds: memoryMilliseconds) }

    /// ISO 8601 in UTC with milliseconds: `2026-01-01T00:00:05.123Z`.
    package var memoryText: String {
        let total = memoryMilliseconds
        var (seconds, rest) = total.quotientAndRemainder(dividingBy: 1000)
        if rest < 0 { (seconds, rest) = (seconds - 1, rest + 1000) }
        let whole = Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601).dropLast()
        let digits = String(rest)
        return whole + "." + String(repeating: "0", count: 3 - digits.count) + digits + "Z"
    }

    /// Reads ISO 8601 text with or without a fraction, or milliseconds since 1970; nil for anything else.
    package init?(memoryJSON json: JSONValue) {
        if let milliseconds = json.doubleValue {
            guard milliseconds.magnitude < 253_402_300_800_000 else { return nil }
            self.init(memoryMilliseconds: Int64(milliseconds.rounded(.down)))
            return
        }
        guard let text = json.stringValue else { return nil }
        var whole = text
        var milliseconds: Int64 = 0
        if let point = text.firstIndex(of: ".") {
            let digits = text[text.index(after: point)...].prefix { $0.isASCII && $0.isNumber }
            guard let value = Int64((digits + "000").prefix(3)), !digits.isEmpty else { return nil }
            milliseconds = value
            whole.removeSubrange(point..<text.index(point, offsetBy: digits.count + 1))
        }
        guard let seconds = try? Date(whole, strategy: .iso8601) else { return nil }
        self.init(memoryMilliseconds: seconds.memoryMilliseconds + milliseconds)
    }

    /// As JSON: `memoryText`.
    package var memoryJSON: JSONValue { .string(memoryText) }
}
