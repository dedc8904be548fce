extension ConditionNode {
    /// The parts of this node, in order.
    var children: [ConditionNode] {
        switch self {
        case .number, .string, .name: []
        case .property(_, let object): [object]
        case .list(let nodes), .call(_, let nodes), .and(let nodes), .or(let nodes): nodes
        case .not(let node), .minus(let node): [node]
        case .power(let base, let exponent): [base, exponent]
        case .arithmetic(let first, let steps): [first] + steps.map(\.1)
        case .comparison(let first, let steps): [first] + steps.map(\.operand)
        case .membership(let first, let steps): [first] + steps.map(\.1)
        case .choice(let condition, let first, let second): [condition, first, second]
        }
    }

    /// All dotted names in this node, cut at the dots.
    var names: [[String]] {
        if case .name(let path) = self { return [path] }
        return children.flatMap(\.names)
    }

    /// The paths below `memory` that the expression can read; a name looked up in any value counts as one.
    var mentionedMemoryPaths: [[String]] {
        switch self {
        case .name(let path): path.first == "memory" ? [Array(path.dropFirst())] : []
        case .property(let path, let object): [path] + object.mentionedMemoryPaths
        default: children.flatMap(\.mentionedMemoryPaths)
        }
    }
}
