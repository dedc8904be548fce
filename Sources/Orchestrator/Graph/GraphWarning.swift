/// Says one thing about a graph that can run but may not do what its author wants.
public enum GraphWarning: Sendable, Hashable {
    /// A node may read or write everything; `field` is `read_keys` or `write_keys`.
    case wildcardKeys(node: String, field: String)
    /// There is neither an end node nor a supervisor: only a dead end can end the run.
    case noEnd
    /// There are cycles and no end nodes.
    case cycleWithoutEnd
    /// An edge leads back to its own source.
    case selfEdge(String)
    /// A conditional edge has no expression and is never taken.
    case emptyCondition(edge: String)
    /// A condition mentions `true`, `false` or `null`: names that lead nowhere, not literals.
    case literalName(edge: String, name: String)
    /// Nothing leads to a node.
    case unreachable(node: String)
    /// Nothing leads on from a node that is no end node.
    case deadEnd(node: String)
    /// A node reads a key that nobody writes.
    case danglingReadKey(node: String, key: String)
    /// A supervisor manages a node that no edge leads to from it.
    case unconnectedManagedNode(supervisor: String, node: String)
    /// A supervisor manages itself.
    case managesItself(supervisor: String)
}

extension GraphWarning: CustomStringConvertible {
    /// The warning in one sentence, with the names to look for.
    public var description: String {
        switch self {
        case .wildcardKeys(let node, let field): "`\(field)` of node `\(node)` grants everything"
        case .noEnd: "there is neither an end node nor a supervisor"
        case .cycleWithoutEnd: "there is a cycle and no end node"
        case .selfEdge(let edge): "edge `\(edge)` leads back to its source"
        case .emptyCondition(let edge): "edge `\(edge)` has an empty condition and is never taken"
        case .literalName(let edge, let name):
            "the condition of edge `\(edge)` mentions `\(name)`, which is no literal but a missing name"
        case .unreachable(let node): "nothing leads to node `\(node)`"
        case .deadEnd(let node): "nothing leads on from node `\(node)`, which is no end node"
        case .danglingReadKey(let node, let key): "node `\(node)` reads `\(key)`, which nobody writes"
        case .unconnectedManagedNode(let supervisor, let node):
            "supervisor `\(supervisor)` manages `\(node)` without an edge to it"
        case .managesItself(let supervisor): "supervisor `\(supervisor)` manages itself"
        }
    }
}
