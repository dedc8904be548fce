extension PostgresNumeric: CustomStringConvertible {
    /// The text the server writes: all digits before the point, `scale` digits after it, no exponent.
    public var description: String {
        switch kind {
        case .notANumber: return "NaN"
        case .infinity: return "Infinity"
        case .negativeInfinity: return "-Infinity"
        case .positive, .negative: break
        }
        var text: [UInt8] = []
        text.reserveCapacity(max(weight + 1, 1) * 4 + scale + 2)
        if kind == .negative { text.append(UInt8(ascii: "-")) }
        let start = text.count
        if weight >= 0 {
            for power in stride(from: weight, through: 0, by: -1) { append(digit(power), to: &text) }
            let zeros = text[start...].prefix { $0 == UInt8(ascii: "0") }.count
            text.removeSubrange(start..<(start + min(zeros, text.count - start - 1)))
        } else {
            text.append(UInt8(ascii: "0"))
        }
        if scale > 0 {
            text.append(UInt8(ascii: "."))
            let end = text.count + scale
            var power = -1
            while text.count < end {
                append(digit(power), to: &text)
                power -= 1
            }
            text.removeLast(text.count - end)
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The digit of base 10,000 that stands for one power.
    private func digit(_ power: Int) -> Int16 {
        let index = weight - power
        return digits.indices.contains(index) ? digits[index] : 0
    }

    private func append(_ digit: Int16, to text: inout [UInt8]) {
        for unit: Int16 in [1000, 100, 10, 1] {
            text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit / unit % 10))
        }
    }
}

extension PostgresNumeric: LosslessStringConvertible {
    /// Reads a decimal number, with or without an exponent, or `NaN`, `Infinity`, `inf` in any case.
    ///
    /// Nil for anything else and for more digits than `numeric` holds. The scale is the number of digits after the
    /// point once the exponent is applied: `1.50` has scale 2, `1.5e-3` has scale 4, `1e3` scale 0.
    public init?(_ text: String) {
        switch text.lowercased() {
        case "nan": self = .nan
        case "infinity", "+infinity", "inf", "+inf": self = .infinity
        case "-infinity", "-inf": self = .negativeInfinity
        default:
            guard let scanned = NumericScanner(text) else { return nil }
            self.init(scanned)
        }
    }

    private init?(_ scanned: NumericScanner) {
        // As the server does: the exponent moves the point, then digits are taken in groups of four around it.
        let firstWeight = scanned.digits.count - scanned.fractionDigits - 1 + scanned.exponent
        let scale = max(0, scanned.fractionDigits - scanned.exponent)
        guard scale <= Self.maximumScale else { return nil }
        let weight = firstWeight >= 0 ? firstWeight / 4 : (firstWeight - 3) / 4
        var groups: [Int16] = []
        groups.reserveCapacity(scanned.digits.count / 4 + 2)
        var group: Int16 = 0
        var missing = 4 - ((weight + 1) * 4 - (firstWeight + 1))
        for digit in scanned.digits {
            group = group * 10 + Int16(digit)
            missing -= 1
            guard missing == 0 else { continue }
            groups.append(group)
            group = 0
            missing = 4
        }
        if missing < 4 {
            for _ in 0..<missing { group *= 10 }
            groups.append(group)
        }
        self.init(
            kind: scanned.isNegative ? .negative : .positive, weight: weight, digits: groups, scale: scale)
        guard -32_768...32_767 ~= self.weight else { return nil }
    }
}
