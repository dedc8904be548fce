extension ConditionNode {
    /// The paths below `memory` that the expression can read; a name looked up in any value counts as one.
    var mentionedMemoryPaths: [[String]] {
        switch self {
        case .number, .string: []
        case .name(let path): path.first == "memory" ? [Array(path.dropFirst())] : []
        case .property(let path, let object): [path] + object.mentionedMemoryPaths
        case .list(let nodes), .call(_, let nodes), .and(let nodes), .or(let nodes):
            nodes.flatMap(\.mentionedMemoryPaths)
        case .not(let node), .minus(let node): node.mentionedMemoryPaths
        case .power(let base, let exponent): base.mentionedMemoryPaths + exponent.mentionedMemoryPaths
        case .arithmetic(let first, let steps):
            first.mentionedMemoryPaths + steps.flatMap { $0.1.mentionedMemoryPaths }
        case .comparison(let first, let steps):
            first.mentionedMemoryPaths + steps.flatMap(\.operand.mentionedMemoryPaths)
        case .membership(let first, let steps):
            first.mentionedMemoryPaths + steps.flatMap { $0.1.mentionedMemoryPaths }
        case .choice(let condition, let first, let second):
            [condition, first, second].flatMap(\.mentionedMemoryPaths)
        }
    }
}
