#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

extension PostgresNumeric {
    /// Makes a whole number.
    public init(_ value: some FixedWidthInteger) {
        // The base does not fit into eight bits.
        if let narrow = UInt64(exactly: value.magnitude) {
            self.init(magnitude: narrow, isNegative: value < 0)
        } else {
            self.init(magnitude: value.magnitude, isNegative: value < 0)
        }
    }

    private init<Magnitude: UnsignedInteger>(magnitude: Magnitude, isNegative: Bool) {
        var rest = magnitude
        var digits: [Int16] = []
        while rest > 0 {
            let (quotient, remainder) = rest.quotientAndRemainder(
                dividingBy: 10_000)
            digits.append(Int16(truncatingIfNeeded: remainder))
            rest = quotient
        }
        digits.reverse()
        self.init(
            kind: isNegative ? .negative : .positive, weight: digits.count - 1, digits: digits, scale: 0)
    }

    /// Makes the shortest decimal that reads back as `value`: 0.1 becomes `0.1`, not its binary expansion.
    public init(_ value: Double) {
        if value.isNaN {
            self = .nan
        } else if value.isInfinite {
            self = value > 0 ? .infinity : .negativeInfinity
        } else {
            // Swift writes whole numbers with `.0`, which would become a scale of 1.
            let text = value.description
            let number = PostgresNumeric(text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
            self = number ?? .nan
        }
    }

    /// Makes the same number.
    public init(_ value: Decimal) { self = value.isNaN ? .nan : PostgresNumeric(value.description) ?? .nan }

    /// The number as an integer; nil if it has a fraction or does not fit.
    public var intValue: Int? { integer() }

    /// The number as an integer of any width; nil if it has a fraction or does not fit.
    public func integer<Value: FixedWidthInteger>(_ type: Value.Type = Value.self) -> Value? {
        guard isFinite, digits.count <= weight + 1 else { return isZero ? 0 : nil }
        var value: Value = 0
        for position in 0...weight {
            let digit = position < digits.count ? digits[position] : 0
            guard value != 0 || digit != 0 else { continue }
            guard let base = Value(exactly: 10_000), let part = Value(exactly: digit) else {
                return small()
            }
            let (product, tooBig) = value.multipliedReportingOverflow(by: base)
            let (sum, overflow) =
                kind == .negative
                ? product.subtractingReportingOverflow(part) : product.addingReportingOverflow(part)
            guard !tooBig, !overflow else { return nil }
            value = sum
        }
        return value
    }

    /// For types of eight bits, which cannot hold the base.
    private func small<Value: FixedWidthInteger>() -> Value? {
        integer(Int.self).flatMap { Value(exactly: $0) }
    }

    /// The nearest `Double`; nil for a number beyond the greatest, NaN and the infinities for themselves.
    public var doubleValue: Double? {
        switch kind {
        case .notANumber: .nan
        case .infinity: .infinity
        case .negativeInfinity: -.infinity
        case .positive, .negative: Double(description).flatMap { $0.isFinite ? $0 : nil }
        }
    }

    /// The same number as `Decimal`; nil if it has more digits than that holds, and for the infinities.
    public var decimalValue: Decimal? {
        if isNaN { return Decimal.nan }
        // 38 digits, and a power of ten between -128 and 127.
        guard isFinite, weight < 42, scale <= 16_383, digits.count <= 11 else { return nil }
        guard let decimal = Decimal(string: exactDescription), PostgresNumeric(decimal) == self else {
            return nil
        }
        return decimal
    }

    /// The text form with all digits and no zeros after them.
    private var exactDescription: String {
        let needed = max(0, (digits.count - 1 - weight) * 4)
        return PostgresNumeric(kind: kind, weight: weight, digits: digits, scale: needed).description
    }
}

extension PostgresNumeric: ExpressibleByIntegerLiteral {
    /// Makes a whole number.
    public init(integerLiteral value: Int64) { self.init(value) }
}

extension PostgresNumeric: ExpressibleByFloatLiteral {
    /// Makes the shortest decimal of the literal's `Double`; write a text for more than 15 digits.
    public init(floatLiteral value: Double) { self.init(value) }
}
