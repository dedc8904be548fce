/// A decimal number exactly as PostgreSQL's `numeric` keeps it.
///
/// It has up to 131,072 digits before the decimal point and 16,383 after it, a scale (how many digits are shown after
/// the point), and the values NaN, infinity and -infinity. `1.0` and `1.00` are equal and differ in their scale; NaN
/// equals itself and is greater than everything else, as in the server.
///
/// Source: PostgreSQL 18 manual, "Arbitrary Precision Numbers".
public struct PostgresNumeric: Sendable {
    /// What the number is; the raw value is the binary form's sign field.
    enum Kind: UInt16 {
        case positive = 0x0000
        case negative = 0x4000
        case notANumber = 0xC000
        case infinity = 0xD000
        case negativeInfinity = 0xF000
    }

    /// The greatest scale.
    public static let maximumScale = 16_383

    let kind: Kind
    /// The power of 10,000 of the first digit; 0 for zero.
    let weight: Int
    /// Digits of base 10,000, the most significant first, without zeros at either end.
    let digits: [Int16]

    /// How many digits the text form has after the decimal point.
    public let scale: Int

    /// Strips zeros; the caller has checked that each digit is below 10,000 and that weight and scale are in range.
    init(kind: Kind, weight: Int, digits: [Int16], scale: Int) {
        self.scale = scale
        guard digits.first == 0 || digits.last == 0 || digits.isEmpty else {
            self.kind = kind
            self.weight = weight
            self.digits = digits
            return
        }
        let leading = digits.prefix { $0 == 0 }.count
        var stripped = digits.dropFirst(leading)
        while stripped.last == 0 { stripped.removeLast() }
        self.digits = Array(stripped)
        self.weight = stripped.isEmpty ? 0 : weight - leading
        // There is no negative zero.
        self.kind = stripped.isEmpty && kind == .negative ? .positive : kind
    }

    /// The value that is no number.
    public static let nan = PostgresNumeric(kind: .notANumber, weight: 0, digits: [], scale: 0)
    /// Greater than every number.
    public static let infinity = PostgresNumeric(kind: .infinity, weight: 0, digits: [], scale: 0)
    /// Less than every number.
    public static let negativeInfinity = PostgresNumeric(
        kind: .negativeInfinity, weight: 0, digits: [], scale: 0)
    /// Zero with scale 0.
    public static let zero = PostgresNumeric(kind: .positive, weight: 0, digits: [], scale: 0)

    /// Whether this is the value that is no number.
    public var isNaN: Bool { kind == .notANumber }
    /// Whether this is neither NaN nor an infinity.
    public var isFinite: Bool { kind == .positive || kind == .negative }
    /// Whether this is less than zero.
    public var isNegative: Bool { kind == .negative || kind == .negativeInfinity }
    /// Whether this is zero, of whatever scale.
    public var isZero: Bool { isFinite && digits.isEmpty }
}

extension PostgresNumeric: Hashable {
    /// Compares by value, without regard to scale; NaN equals NaN.
    public static func == (left: PostgresNumeric, right: PostgresNumeric) -> Bool {
        left.kind == right.kind && left.weight == right.weight && left.digits == right.digits
    }

    /// Feeds equal values equally to `hasher`.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(kind)
        hasher.combine(weight)
        hasher.combine(digits)
    }
}

extension PostgresNumeric: Comparable {
    /// Compares by value; NaN is greater than everything else.
    public static func < (left: PostgresNumeric, right: PostgresNumeric) -> Bool {
        if left.rank != right.rank { return left.rank < right.rank }
        switch left.kind {
        case .positive: return left.isSmallerMagnitude(than: right)
        case .negative: return right.isSmallerMagnitude(than: left)
        case .notANumber, .infinity, .negativeInfinity: return false
        }
    }

    /// The order of what two numbers can differ in before their digits.
    private var rank: Int {
        switch kind {
        case .negativeInfinity: -2
        case .negative: -1
        case .positive: digits.isEmpty ? 0 : 1
        case .infinity: 2
        case .notANumber: 3
        }
    }

    private func isSmallerMagnitude(than other: PostgresNumeric) -> Bool {
        weight == other.weight ? digits.lexicographicallyPrecedes(other.digits) : weight < other.weight
    }
}
