/// A name known at compile time: carrying one in an error allocates nothing and leaks no data.
public struct StaticStringName: ExpressibleByStringLiteral, Hashable, Sendable, CustomStringConvertible {
    private let literal: StaticString

    /// Creates the name from a literal.
    public init(stringLiteral value: StaticString) { literal = value }

    /// The name.
    public var description: String { literal.description }

    /// Compares the names.
    public static func == (left: StaticStringName, right: StaticStringName) -> Bool {
        left.description == right.description
    }

    /// Feeds the name to `hasher`.
    public func hash(into hasher: inout Hasher) { hasher.combine(description) }
}
