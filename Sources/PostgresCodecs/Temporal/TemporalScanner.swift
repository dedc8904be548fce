/// Reads the parts of ISO dates and times, each checked.
struct TemporalScanner {
    private let bytes: [UInt8]
    private var position = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    var isAtEnd: Bool { position == bytes.count }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.count, UInt32(bytes[position]) == character.value else { return false }
        position += 1
        return true
    }

    /// Reads between `range.lowerBound` and `range.upperBound` digits.
    mutating func number(digits range: ClosedRange<Int>) -> Int? {
        let start = position
        var value = 0
        while position < bytes.count, position - start < range.upperBound,
            case UInt8(ascii: "0")...UInt8(ascii: "9") = bytes[position]
        {
            value = value * 10 + Int(bytes[position] - UInt8(ascii: "0"))
            position += 1
        }
        return position - start >= range.lowerBound ? value : nil
    }

    /// Reads `2024-02-29`; the era, which follows later, may still change the year.
    mutating func date() -> CivilDate? {
        guard let year = number(digits: 4...7), year > 0, skip("-"), let month = number(digits: 2...2),
            skip("-"), let day = number(digits: 2...2)
        else { return nil }
        return CivilDate(year: year, month: month, day: day)
    }

    /// Reads ` BC` if it is there and checks the day.
    mutating func era(_ date: CivilDate) -> CivilDate? {
        var date = date
        if skip(" ") {
            guard skip("B"), skip("C") else { return nil }
            date.year = 1 - date.year
        }
        return date.isValid ? date : nil
    }

    /// Reads `12:34:56.789012` as microseconds.
    mutating func time() -> Int64? {
        guard let hour = number(digits: 2...2), skip(":"), let minute = number(digits: 2...2) else {
            return nil
        }
        var second = 0
        var fraction = 0
        if skip(":") {
            guard let value = number(digits: 2...2) else { return nil }
            second = value
            if skip(".") {
                let start = position
                guard var value = number(digits: 1...6) else { return nil }
                for _ in (position - start)..<6 { value *= 10 }
                fraction = value
            }
        }
        guard hour <= 24, minute < 60, second <= 60 else { return nil }
        let seconds = (hour * 60 + minute) * 60 + second
        guard seconds <= 86_400 else { return nil }
        return Int64(seconds) * 1_000_000 + Int64(fraction)
    }

    /// Reads `Z`, `+02`, `-03:30`, `+00:19:32` or nothing, as microseconds east of UTC.
    mutating func offset() -> Int64? {
        if skip("Z") || skip("z") { return 0 }
        let sign: Int64
        if skip("+") {
            sign = 1
        } else if skip("-") {
            sign = -1
        } else {
            return 0
        }
        guard let hours = number(digits: 2...2) else { return nil }
        var seconds = hours * 3600
        if skip(":") || !isAtEnd && bytes[position] != UInt8(ascii: " ") {
            guard let minutes = number(digits: 2...2), minutes < 60 else { return nil }
            seconds += minutes * 60
            if skip(":") {
                guard let rest = number(digits: 2...2), rest < 60 else { return nil }
                seconds += rest
            }
        }
        return sign * Int64(seconds) * 1_000_000
    }
}
