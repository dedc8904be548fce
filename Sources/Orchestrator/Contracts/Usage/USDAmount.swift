public import FoundationEssentials

/// An amount of US dollars, exact to a millionth: what costs are stored as.
///
/// Sums are exact; arithmetic beyond ±9.2 × 10^12 dollars stops at that bound.
public struct USDAmount: Hashable, Sendable {
    /// The amount in millionths of a dollar.
    public let microdollars: Int64

    /// Creates an amount from millionths of a dollar.
    public init(microdollars: Int64) { self.microdollars = microdollars }

    /// No money.
    public static let zero = USDAmount(microdollars: 0)

    /// Reads a decimal number, with or without an exponent, and rounds it to a millionth, halves away from
    /// zero as the database does; nil for anything else and for amounts beyond the bound.
    public init?(_ text: some StringProtocol) {
        guard let value = Self.microdollars(text) else { return nil }
        self.init(microdollars: value)
    }

    /// Takes the shortest decimal that reads back as `dollars` and rounds it; nil for NaN and amounts beyond
    /// the bound.
    public init?(_ dollars: Double) {
        guard dollars.isFinite else { return nil }
        self.init(dollars.description)
    }

    /// Rounds to a millionth; nil for NaN and amounts beyond the bound.
    public init?(_ dollars: Decimal) {
        guard !dollars.isNaN else { return nil }
        self.init(dollars.description)
    }

    /// The amount as a decimal number.
    public var decimalValue: Decimal { Decimal(microdollars) / 1_000_000 }

    /// The nearest `Double`.
    public var doubleValue: Double { Double(microdollars) / 1_000_000 }

    private static func microdollars(_ text: some StringProtocol) -> Int64? {
        let bytes = Array(text.utf8)
        var place = bytes.startIndex
        let isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative || bytes.first == UInt8(ascii: "+") { place += 1 }
        let start = place
        var digits: [UInt8] = []
        var scale = 0
        var hasPoint = false
        while place < bytes.endIndex {
            let byte = bytes[place]
            if byte == UInt8(ascii: "."), !hasPoint {
                hasPoint = true
            } else if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
                if byte != UInt8(ascii: "0") || !digits.isEmpty { digits.append(byte - UInt8(ascii: "0")) }
                if hasPoint { scale += 1 }
            } else {
                break
            }
            place += 1
        }
        guard place - start > (hasPoint ? 1 : 0) else { return nil }
        var exponent = 0
        if place < bytes.endIndex {
            let power = Int(String(decoding: bytes[(place + 1)...], as: UTF8.self))
            guard bytes[place] | 0x20 == UInt8(ascii: "e"), let power else { return nil }
            exponent = power
        }
        return rounded(digits, scale: scale, exponent: exponent, isNegative: isNegative)
    }

    /// The number of `digits` with a decimal point `scale` places from the right, times a power of ten, in
    /// millionths.
    private static func rounded(_ digits: [UInt8], scale: Int, exponent: Int, isNegative: Bool) -> Int64? {
        guard !digits.isEmpty else { return 0 }
        let (shift, overflow) = (6 - scale).addingReportingOverflow(exponent)
        guard !overflow, shift <= 19 else { return nil }
        // How many of the digits stand before the point of the millionths.
        let kept = digits.count + shift
        if kept < 0 { return 0 }
        guard kept <= 19 else { return nil }
        var value: Int64 = 0
        for place in 0..<kept {
            let digit = place < digits.count ? Int64(digits[place]) : 0
            let (product, tooBig) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(digit)
            guard !tooBig, !carry else { return nil }
            value = sum
        }
        if kept < digits.count, digits[kept] >= 5 {
            let (sum, carry) = value.addingReportingOverflow(1)
            guard !carry else { return nil }
            value = sum
        }
        return isNegative ? -value : value
    }
}

extension USDAmount: Comparable {
    /// Compares by value.
    public static func < (left: USDAmount, right: USDAmount) -> Bool {
        left.microdollars < right.microdollars
    }
}

extension USDAmount: AdditiveArithmetic {
    /// The exact sum, or the bound.
    public static func + (left: USDAmount, right: USDAmount) -> USDAmount {
        let (sum, overflow) = left.microdollars.addingReportingOverflow(right.microdollars)
        return USDAmount(microdollars: overflow ? (left.microdollars < 0 ? .min : .max) : sum)
    }

    /// The exact difference, or the bound.
    public static func - (left: USDAmount, right: USDAmount) -> USDAmount {
        let (difference, overflow) = left.microdollars.subtractingReportingOverflow(right.microdollars)
        return USDAmount(microdollars: overflow ? (left.microdollars < 0 ? .min : .max) : difference)
    }
}

extension USDAmount: CustomStringConvertible {
    /// Dollars with six places, as the database writes them: `0.050000`.
    public var description: String {
        let magnitude = microdollars.magnitude
        let places = String(magnitude % 1_000_000)
        let zeros = String(repeating: "0", count: 6 - places.count)
        return "\(microdollars < 0 ? "-" : "")\(magnitude / 1_000_000).\(zeros)\(places)"
    }
}
