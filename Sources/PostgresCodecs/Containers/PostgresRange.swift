/// All values between two bounds, each of which may belong to the range, not belong to it, or be missing.
///
/// `int4range`, `int8range`, `numrange`, `daterange`, `tsrange`, `tstzrange` are ranges of `Int32`, `Int` or `Int64`,
/// `PostgresNumeric`, `PostgresDate`, `PostgresLocalTimestamp` and `PostgresTimestamp`; a range type of a user's is a
/// range of its bounds' type.
///
/// Source: PostgreSQL 18 manual, "Range Types".
public struct PostgresRange<Bound> {
    /// One end of a range.
    public enum Limit {
        /// No end.
        case unbounded
        /// The bound belongs to the range.
        case included(Bound)
        /// The bound does not belong to the range.
        case excluded(Bound)

        /// The bound, if there is one.
        public var bound: Bound? {
            switch self {
            case .unbounded: nil
            case .included(let bound), .excluded(let bound): bound
            }
        }
    }

    /// Whether nothing is in the range; it has no ends then.
    public let isEmpty: Bool
    /// Where it begins.
    public let lower: Limit
    /// Where it ends.
    public let upper: Limit

    /// Makes a range; the server refuses a lower bound above the upper one, and makes discrete ranges half-open.
    public init(lower: Limit, upper: Limit) {
        isEmpty = false
        self.lower = lower
        self.upper = upper
    }

    private init() {
        isEmpty = true
        lower = .unbounded
        upper = .unbounded
    }

    /// The range in which nothing is.
    public static var empty: PostgresRange { PostgresRange() }

    /// Makes a half-open range.
    public init(_ range: Range<Bound>) where Bound: Comparable {
        self.init(lower: .included(range.lowerBound), upper: .excluded(range.upperBound))
    }

    /// Makes a range that includes both bounds.
    public init(_ range: ClosedRange<Bound>) where Bound: Comparable {
        self.init(lower: .included(range.lowerBound), upper: .included(range.upperBound))
    }

    /// Makes a range without an end.
    public init(_ range: PartialRangeFrom<Bound>) where Bound: Comparable {
        self.init(lower: .included(range.lowerBound), upper: .unbounded)
    }

    /// Makes a range without a beginning.
    public init(_ range: PartialRangeUpTo<Bound>) where Bound: Comparable {
        self.init(lower: .unbounded, upper: .excluded(range.upperBound))
    }

    /// Whether a value is in the range.
    public func contains(_ value: Bound) -> Bool where Bound: Comparable {
        guard !isEmpty else { return false }
        let isAbove =
            switch lower {
            case .unbounded: true
            case .included(let bound): bound <= value
            case .excluded(let bound): bound < value
            }
        guard isAbove else { return false }
        return switch upper {
        case .unbounded: true
        case .included(let bound): value <= bound
        case .excluded(let bound): value < bound
        }
    }
}

extension PostgresRange.Limit: Sendable where Bound: Sendable {}
extension PostgresRange.Limit: Equatable where Bound: Equatable {}
extension PostgresRange.Limit: Hashable where Bound: Hashable {}
extension PostgresRange: Sendable where Bound: Sendable {}
extension PostgresRange: Equatable where Bound: Equatable {}
extension PostgresRange: Hashable where Bound: Hashable {}
