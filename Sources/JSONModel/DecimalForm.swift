/// The value of a decimal number in the one form that all spellings of it share.
enum DecimalForm: Hashable {
    /// A whole number of 64 bits.
    case integer(Int64)
    /// `digits` (no zero at either end) times ten to the power of `exponent`.
    case decimal(isNegative: Bool, digits: [UInt8], exponent: Int)

    /// Reads text that the grammar of JSON allows.
    init(literal: String) {
        var isNegative = false
        var digits: [UInt8] = []
        var exponent = 0
        var written = 0
        var exponentIsNegative = false
        var part = Part.whole
        for byte in literal.utf8 {
            switch byte {
            case UInt8(ascii: "-") where part == .whole: isNegative = true
            case UInt8(ascii: "-"): exponentIsNegative = true
            case UInt8(ascii: "."): part = .fraction
            case UInt8(ascii: "e"), UInt8(ascii: "E"): part = .exponent
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                let digit = byte &- UInt8(ascii: "0")
                if part == .exponent {
                    // The reader allows nine digits, so this cannot overflow.
                    written = written &* 10 &+ Int(digit)
                    continue
                }
                if part == .fraction { exponent &-= 1 }
                if digit != 0 || !digits.isEmpty { digits.append(digit) }
            default: break
            }
        }
        exponent &+= exponentIsNegative ? 0 &- written : written
        while digits.last == 0 {
            digits.removeLast()
            exponent &+= 1
        }
        self.init(isNegative: isNegative, digits: digits, exponent: exponent)
    }

    private init(isNegative: Bool, digits: [UInt8], exponent: Int) {
        self = .decimal(isNegative: isNegative, digits: digits, exponent: exponent)
        if digits.isEmpty {
            self = .integer(0)
        } else if exponent >= 0, digits.count + exponent <= 19 {
            let all = digits + [UInt8](repeating: 0, count: exponent)
            var value: Int64 = 0
            for digit in all {
                let (product, tooBig) = value.multipliedReportingOverflow(by: 10)
                let signed = isNegative ? 0 &- Int64(digit) : Int64(digit)
                let (sum, overflow) = product.addingReportingOverflow(signed)
                guard !tooBig, !overflow else { return }
                value = sum
            }
            self = .integer(value)
        }
    }

    private enum Part {
        case whole
        case fraction
        case exponent
    }
}

extension JSONNumber {
    var decimalForm: DecimalForm {
        switch storage {
        case .integer(let value): .integer(value)
        case .double(let value): DecimalForm(literal: value.description)
        case .literal(let text): DecimalForm(literal: text)
        }
    }

    /// The text that all spellings of this value share.
    var canonicalLiteral: String {
        switch decimalForm {
        case .integer(let value): return String(value)
        case .decimal(let isNegative, let digits, let exponent):
            if let double = doubleValue, DecimalForm(literal: double.description) == decimalForm {
                return double.description
            }
            let text = String(decoding: digits.map { $0 &+ UInt8(ascii: "0") }, as: UTF8.self)
            return "\(isNegative ? "-" : "")\(text)e\(exponent)"
        }
    }
}
