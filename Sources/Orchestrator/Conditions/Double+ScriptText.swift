extension Double {
    /// The number as ECMAScript prints it, which is how conditions join numbers to texts.
    ///
    /// Source: ECMAScript, section Number::toString.
    var scriptText: String {
        if isNaN { return "NaN" }
        if isInfinite { return self < 0 ? "-Infinity" : "Infinity" }
        if self == 0 { return "0" }
        let (digits, exponent) = shortestDecimal
        let sign = self < 0 ? "-" : ""
        let count = digits.count
        switch exponent {
        case count...21:
            return sign + digits + String(repeating: "0", count: exponent - count)
        case 1...21:
            let point = digits.index(digits.startIndex, offsetBy: exponent)
            return sign + digits[..<point] + "." + digits[point...]
        case -5...0:
            return sign + "0." + String(repeating: "0", count: -exponent) + digits
        default:
            let fraction = count == 1 ? "" : "." + digits.dropFirst()
            let power = exponent - 1
            return sign + digits.prefix(1) + fraction + "e" + (power < 0 ? "-" : "+")
                + String(power.magnitude)
        }
    }

    /// The shortest digits that read back as this magnitude, and where the point stands: 0.digits times 10^exponent.
    private var shortestDecimal: (digits: String, exponent: Int) {
        let parts = magnitude.description.split(separator: "e")
        let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        let whole = mantissa[0]
        var digits = Substring(whole + (mantissa.count > 1 ? mantissa[1] : ""))
        var exponent = whole.count + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
        while digits.first == "0", digits.count > 1 {
            digits.removeFirst()
            exponent -= 1
        }
        while digits.last == "0", digits.count > 1 { digits.removeLast() }
        return (String(digits), exponent)
    }
}
