/// A JSON number that keeps its exact decimal text.
///
/// Integers of 64 bits are stored as such; any other number as it was written (`0.70`, `1e400`, 30 digits). Numbers
/// are equal if their values are: `1`, `1.0` and `10e-1` are the same number, `-0` is `0`.
public struct JSONNumber: Sendable {
    enum Storage: Sendable {
        case integer(Int64)
        /// Finite, and not an integer below 2^53; stands for its shortest decimal text.
        case double(Double)
        /// Text that the grammar of JSON allows.
        case literal(String)
    }

    let storage: Storage

    init(_ storage: Storage) { self.storage = storage }

    /// Stores an integer.
    public init(_ value: Int64) { self.init(.integer(value)) }

    /// Stores an integer.
    public init(_ value: some BinaryInteger) {
        self.init(Int64(exactly: value).map(Storage.integer) ?? .literal(String(value)))
    }

    /// Stores the shortest decimal that reads back as `value`; nil for NaN and infinities, which JSON lacks.
    public init?(_ value: Double) {
        guard value.isFinite else { return nil }
        let isWhole = value.magnitude < 9_007_199_254_740_992 && value == value.rounded(.towardZero)
        if value == 0, value.sign == .minus {
            self.init(.literal("-0"))
        } else {
            self.init(isWhole ? .integer(Int64(value)) : .double(value))
        }
    }

    /// Stores the shortest decimal that reads back as `value`; nil for NaN and infinities, which JSON lacks.
    public init?(_ value: Float) {
        guard value.isFinite else { return nil }
        let isWhole = value.magnitude < 16_777_216 && value == value.rounded(.towardZero)
        if isWhole, !(value == 0 && value.sign == .minus) {
            self.init(.integer(Int64(value)))
        } else {
            self.init(literal: value.description)
        }
    }

    /// Stores a number as it is written; nil unless RFC 8259 allows the text.
    public init?(literal text: String) {
        guard case .number(let number)? = try? JSONValue(parsing: text) else { return nil }
        guard number.literal.utf8.count == text.utf8.count else { return nil }
        self = number
    }

    /// The number as text; what was read is given back unchanged.
    public var literal: String {
        switch storage {
        case .integer(let value): String(value)
        case .double(let value): value.description
        case .literal(let text): text
        }
    }

    /// The value as an integer; nil if it has a fraction or needs more than 64 bits.
    public var int64Value: Int64? {
        switch storage {
        case .integer(let value): value
        case .double, .literal:
            if case .integer(let value) = decimalForm { value } else { nil }
        }
    }

    /// The value as an integer; nil if it has a fraction or does not fit.
    public var intValue: Int? { int64Value.flatMap(Int.init(exactly:)) }

    /// The nearest `Double`; nil if the number is beyond the greatest.
    public var doubleValue: Double? {
        switch storage {
        case .integer(let value): Double(value)
        case .double(let value): value
        case .literal(let text): Double(text).flatMap { $0.isFinite ? $0 : nil }
        }
    }
}

extension JSONNumber: Hashable {
    /// Compares by value.
    public static func == (left: JSONNumber, right: JSONNumber) -> Bool {
        switch (left.storage, right.storage) {
        case (.integer(let left), .integer(let right)): left == right
        case (.double(let left), .double(let right)): left == right
        default: left.decimalForm == right.decimalForm
        }
    }

    /// Feeds equal numbers equally to `hasher`.
    public func hash(into hasher: inout Hasher) { hasher.combine(decimalForm) }
}

extension JSONNumber: ExpressibleByIntegerLiteral {
    /// Creates a number from a literal.
    public init(integerLiteral value: Int64) { self.init(value) }
}

extension JSONNumber: CustomStringConvertible {
    /// The same as `literal`.
    public var description: String { literal }
}
