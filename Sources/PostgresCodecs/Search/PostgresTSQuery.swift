/// A full-text search condition: words joined by and, or, not and followed-by.
///
/// It is kept as a list of its parts instead of a tree, so that however deep a query is, no step recurses.
///
/// Source: PostgreSQL 18 manual, "tsquery".
public struct PostgresTSQuery: Hashable, Sendable {
    /// One part of a query.
    public enum Node: Hashable, Sendable {
        /// A word; it matches only places of these weights unless there are none, and longer words if it is a prefix.
        case lexeme(String, weights: Set<PostgresTSWeight>, isPrefix: Bool)
        /// What the next query says must not be.
        case not
        /// What both of the next two queries say.
        case and
        /// What one of the next two queries says.
        case or
        /// The second of the next two queries matches so many words before the first.
        case followedBy(distance: Int)

        /// How many queries the part joins.
        var operands: Int {
            switch self {
            case .lexeme: 0
            case .not: 1
            case .and, .or, .followedBy: 2
            }
        }
    }

    /// The parts, each operator before its operands and the right operand before the left, as the server has them; none
    /// for the query that is empty.
    public let nodes: [Node]

    /// A query without words, which matches nothing.
    public static let empty = PostgresTSQuery(checked: [])

    init(checked nodes: [Node]) { self.nodes = nodes }

    /// Takes parts in the server's order; nil unless they make exactly one query.
    public init?(nodes: [Node]) {
        guard nodes.isEmpty || Self.isWhole(nodes) else { return nil }
        self.nodes = nodes
    }

    /// Makes the query for one word.
    public init(_ lexeme: String, weights: Set<PostgresTSWeight> = [], isPrefix: Bool = false) {
        nodes = [.lexeme(lexeme, weights: weights, isPrefix: isPrefix)]
    }

    static func isWhole(_ nodes: [Node]) -> Bool {
        var missing = 1
        for node in nodes {
            guard missing > 0 else { return false }
            missing += node.operands - 1
        }
        return missing == 0
    }

    /// What both queries say; an empty one says nothing.
    public func and(_ other: PostgresTSQuery) -> PostgresTSQuery { joined(.and, other) }

    /// What one of the queries says; an empty one says nothing.
    public func or(_ other: PostgresTSQuery) -> PostgresTSQuery { joined(.or, other) }

    /// This query `distance` words before the other, from 0 to 16,384; nil beyond that.
    public func followed(by other: PostgresTSQuery, distance: Int = 1) -> PostgresTSQuery? {
        0...16_384 ~= distance ? joined(.followedBy(distance: distance), other) : nil
    }

    /// What this query forbids; an empty one stays empty.
    public var negated: PostgresTSQuery { nodes.isEmpty ? self : PostgresTSQuery(checked: [.not] + nodes) }

    private func joined(_ node: Node, _ other: PostgresTSQuery) -> PostgresTSQuery {
        if nodes.isEmpty { return other }
        if other.nodes.isEmpty { return self }
        return PostgresTSQuery(checked: [node] + other.nodes + nodes)
    }
}
