import PostgresWire
import TestSupport

/// Random values that reach every order of magnitude, so that boundaries of lengths and signs are met often.
extension SeededGenerator {
    /// A number with any number of significant bits.
    mutating func integer<Value: FixedWidthInteger>(_ type: Value.Type = Value.self) -> Value {
        let bits = below(Value.bitWidth + 1)
        let pattern = UInt128(next()) << 64 | UInt128(next())
        let value = Value(truncatingIfNeeded: bits == 0 ? 0 : pattern >> UInt128(128 - bits))
        return next() & 1 == 0 ? value : ~value
    }

    /// A number within a range.
    mutating func integer<Value: FixedWidthInteger>(in range: ClosedRange<Value>) -> Value {
        let width = UInt64(truncatingIfNeeded: range.upperBound &- range.lowerBound)
        // A range is far smaller than 2^64, or all of it: the rest of the division favours no number noticeably.
        return range.lowerBound &+ Value(truncatingIfNeeded: width == .max ? next() : next() % (width + 1))
    }

    mutating func bool() -> Bool { next() & 1 == 0 }

    /// Finite and other numbers: any bits, short decimals, powers of two and their neighbours, whole numbers.
    mutating func double() -> Double {
        switch below(6) {
        case 0: Double(bitPattern: next())
        case 1: Double(integer(in: -99_999...99_999)) / 1_000
        case 2: Double(sign: .plus, exponent: below(2_000) - 1_000, significand: 1)
        case 3: Double(sign: .minus, exponent: below(120) - 60, significand: 1).nextUp
        case 4: Double(integer(Int64.self))
        default: Double(Float(bitPattern: UInt32(truncatingIfNeeded: next())))
        }
    }

    /// As `double`, and a number.
    mutating func finiteDouble() -> Double {
        let value = double()
        return value.isFinite ? value : 0.5
    }

    mutating func float() -> Float {
        switch below(4) {
        case 0: Float(bitPattern: UInt32(truncatingIfNeeded: next()))
        case 1: Float(integer(in: -9_999...9_999)) / 100
        case 2: Float(sign: .plus, exponent: below(250) - 125, significand: 1)
        default: Float(integer(Int32.self))
        }
    }

    /// Texts with everything that quoting rules look at.
    mutating func text(_ maximum: Int = 12) -> String {
        let characters = Array("aZ09 ,;:.'\"\\(){}[]<>=*|&!äß漢😀\t\n_-")
        return String((0..<below(maximum + 1)).map { _ in characters[below(characters.count)] })
    }

    mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) }
    }

    mutating func element<Value>(of values: [Value]) -> Value { values[below(values.count)] }
}
