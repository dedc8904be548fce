/// The text forms of floating-point numbers: the shortest digits that lie strictly between the neighbours, in fixed
/// notation or with an exponent.
///
/// Source: PostgreSQL 18 manual, "Floating-Point Types" (`extra_float_digits` 1).
package enum PostgresFloatText {
    /// The text of a `float8`: `0.1`, `1e+15`, `NaN`, `-Infinity`.
    package static func text(_ value: Double) -> String {
        if let special = special(value) { return special }
        var digits = ShortestDigits(value.description)
        digits.leaveBound(
            significand: value.significandBitPattern
                | (value.exponentBitPattern == 0 ? 0 : 1 << 52),
            exponent: Int(max(value.exponentBitPattern, 1)) - 1_075,
            lowerIsNearer: value.significandBitPattern == 0 && value.exponentBitPattern > 1)
        return digits.text(isNegative: value.sign == .minus, fixedBelow: 15)
    }

    /// The text of a `float4`, which changes to exponents from 1e+06 on.
    package static func text(_ value: Float) -> String {
        if let special = special(Double(value)) { return special }
        var digits = ShortestDigits(value.description)
        digits.leaveBound(
            significand: UInt64(value.significandBitPattern)
                | (value.exponentBitPattern == 0 ? 0 : 1 << 23),
            exponent: Int(max(value.exponentBitPattern, 1)) - 150,
            lowerIsNearer: value.significandBitPattern == 0 && value.exponentBitPattern > 1)
        return digits.text(isNegative: value.sign == .minus, fixedBelow: 6)
    }

    private static func special(_ value: Double) -> String? {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
        if value == 0 { return value.sign == .minus ? "-0" : "0" }
        return nil
    }
}
