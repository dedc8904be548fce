/// The significant decimal digits of a floating-point number's shortest text, and where the point stands.
struct ShortestDigits {
    /// The digits as a number without zeros at its end.
    private var digits: UInt64 = 0
    /// The power of ten of the last digit.
    private var exponent = 0

    /// Takes the digits from the standard library's text, which is the shortest that reads back.
    init(_ text: String) {
        var isFraction = false
        var scanned = text.utf8.makeIterator()
        while let byte = scanned.next() {
            switch byte {
            case UInt8(ascii: "-"): continue
            case UInt8(ascii: "."): isFraction = true
            case UInt8(ascii: "e"):
                var written = ""
                while let digit = scanned.next() { written.unicodeScalars.append(Unicode.Scalar(digit)) }
                exponent += Int(written) ?? 0
            default:
                digits = digits &* 10 &+ UInt64(byte &- UInt8(ascii: "0"))
                if isFraction { exponent -= 1 }
            }
        }
        while digits > 0, digits.isMultiple(of: 10) {
            digits /= 10
            exponent += 1
        }
    }

    /// Adds digits if the text lies exactly halfway between two numbers.
    ///
    /// It would read back through rounding to even, which the standard library relies on and the server does not. Such
    /// a text is an odd multiple of half the distance to the neighbour, which is seen in whole numbers.
    mutating func leaveBound(significand: UInt64, exponent binary: Int, lowerIsNearer: Bool) {
        guard -27...27 ~= exponent else { return }
        // In quarters of the distance: the bounds are two above, and two or one below.
        let below: Double = lowerIsNearer ? 1 : 2
        let quarters = UInt128(significand) * 4
        if isEqual(to: quarters + 2, power: binary - 2) {
            approach(distance: 2, room: below, power: binary - 2)
        } else if isEqual(to: quarters - UInt128(below), power: binary - 2) {
            approach(distance: -below, room: 2, power: binary - 2)
        }
    }

    /// Adds digits until the text has left its bound, which is `distance` above the number, and has not reached the
    /// other one, which is `room` away from the number on its other side.
    private mutating func approach(distance: Double, room: Double, power: Int) {
        var distance = Double(sign: .plus, exponent: power, significand: distance)
        var room = Double(sign: .plus, exponent: power, significand: room)
        for _ in 0..<abs(exponent) {
            distance = exponent > 0 ? distance / 10 : distance * 10
            room = exponent > 0 ? room / 10 : room * 10
        }
        // 17 digits tell all numbers apart.
        while digits < 10_000_000_000_000_000 {
            distance *= 10
            room *= 10
            digits *= 10
            exponent -= 1
            let step = distance.rounded()
            guard step != 0, step.magnitude - distance.magnitude < room else { continue }
            digits = UInt64(truncatingIfNeeded: Int64(digits) - Int64(step))
            return
        }
    }

    /// Whether the digits are exactly `bound` times a power of two.
    private func isEqual(to bound: UInt128, power: Int) -> Bool {
        var left = UInt128(digits)
        var right = bound
        var twos = power - exponent
        // Moves the powers of five to the side where they are whole.
        for _ in 0..<abs(exponent) {
            let (product, overflow) = (exponent > 0 ? left : right).multipliedReportingOverflow(by: 5)
            guard !overflow else { return false }
            if exponent > 0 { left = product } else { right = product }
        }
        twos += right.trailingZeroBitCount - left.trailingZeroBitCount
        guard twos == 0 else { return false }
        return left >> left.trailingZeroBitCount == right >> right.trailingZeroBitCount
    }

    /// Writes the digits as the server does: with an exponent below 1e-4 and from 10 to the power of `limit` on.
    func text(isNegative: Bool, fixedBelow limit: Int) -> String {
        let all = String(digits)
        let leading = exponent + all.utf8.count - 1
        var text = isNegative ? "-" : ""
        guard -4 <= leading, leading < limit else {
            text += all.prefix(1)
            if all.utf8.count > 1 { text += "." + all.dropFirst() }
            text += leading < 0 ? "e-" : "e+"
            return text + (abs(leading) < 10 ? "0" : "") + String(abs(leading))
        }
        if exponent >= 0 { return text + all + String(repeating: "0", count: exponent) }
        if leading < 0 { return text + "0." + String(repeating: "0", count: -leading - 1) + all }
        return text + all.prefix(leading + 1) + "." + all.dropFirst(leading + 1)
    }
}
