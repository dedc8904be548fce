/// Reads one ISO 8601 date or date-time from the front of a text.
struct ISO8601Scanner {
    private var bytes: Substring.UTF8View

    init(_ text: String) {
        bytes = text[...].utf8
    }

    /// Milliseconds since 1970, or nil if the text is not one whole date or date-time.
    mutating func milliseconds() -> Int64? {
        guard let year = digits(4), take("-"), let month = digits(2), take("-"), let day = digits(2) else {
            return nil
        }
        let date = CivilDate(year: year, month: month, day: day)
        guard date.exists else { return nil }
        let midnight = date.daysSince1970 * 86_400_000
        if bytes.isEmpty { return midnight }
        guard take("T") || take("t") || take(" "), let time = timeOfDay(), let offset = offset() else {
            return nil
        }
        return bytes.isEmpty ? midnight + time - offset : nil
    }

    private mutating func timeOfDay() -> Int64? {
        guard let hour = digits(2), take(":"), let minute = digits(2), hour <= 24, minute < 60 else {
            return nil
        }
        var total = (hour * 60 + minute) * 60_000
        if take(":") {
            guard let second = digits(2), second < 60 else { return nil }
            total += second * 1000
            if take(".") || take(",") {
                guard let fraction = fraction() else { return nil }
                total += fraction
            }
        }
        return total <= 86_400_000 ? total : nil
    }

    private mutating func fraction() -> Int64? {
        var value: Int64 = 0
        var count = 0
        while count < 9, let digit = digits(1) {
            if count < 3 { value = value * 10 + digit }
            count += 1
        }
        guard count > 0 else { return nil }
        for _ in min(count, 3)..<3 { value *= 10 }
        return value
    }

    private mutating func offset() -> Int64? {
        if bytes.isEmpty || take("Z") || take("z") { return 0 }
        let sign: Int64
        if take("+") { sign = 1 } else if take("-") { sign = -1 } else { return nil }
        guard let hours = digits(2), hours < 24 else { return nil }
        var minutes: Int64 = 0
        if take(":") {
            guard let value = digits(2), value < 60 else { return nil }
            minutes = value
        } else if !bytes.isEmpty {
            guard let value = digits(2), value < 60 else { return nil }
            minutes = value
        }
        return sign * (hours * 60 + minutes) * 60_000
    }

    private mutating func digits(_ count: Int) -> Int64? {
        guard bytes.count >= count else { return nil }
        var value: Int64 = 0
        for byte in bytes.prefix(count) {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            value = value * 10 + Int64(byte - UInt8(ascii: "0"))
        }
        bytes.removeFirst(count)
        return value
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard bytes.first == UInt8(truncatingIfNeeded: character.value) else { return false }
        bytes.removeFirst()
        return true
    }
}
