/// Says one thing that keeps a graph from running.
public enum GraphProblem: Error, Sendable, Hashable {
    /// Two nodes have this id.
    case duplicateNode(String)
    /// Two edges have this id.
    case duplicateEdge(String)
    /// The start node does not exist.
    case missingStartNode(String)
    /// An end node does not exist.
    case missingEndNode(String)
    /// An edge leaves a node that does not exist.
    case missingEdgeSource(edge: String, node: String)
    /// An edge leads to a node that does not exist.
    case missingEdgeTarget(edge: String, node: String)
    /// The expression of an edge does not compile.
    case malformedCondition(edge: String, reason: String)
    /// A node lacks what its kind needs: a JSON key.
    case missingField(node: String, field: String)
    /// A node's configuration names a node that does not exist.
    case missingReference(node: String, field: String, target: String)
    /// A map node's worker is neither an agent nor a tool.
    case unsupportedWorker(node: String, worker: String)
    /// The default write key is not among the write keys.
    case defaultWriteKeyNotGranted(node: String, key: String)
    /// This version does not execute nodes of this kind.
    case unsupportedNodeType(node: String, type: String)
    /// A number is outside of its range, or a list too long. `node` is nil for the graph itself.
    case outOfRange(node: String?, field: String, allowed: String)
    /// A node reads a key that nobody writes, in a graph with strict keys.
    case danglingReadKey(node: String, key: String)
}

extension GraphProblem: CustomStringConvertible {
    /// The problem in one sentence, with the names to look for.
    public var description: String {
        switch self {
        case .duplicateNode(let id): "two nodes have the id `\(id)`"
        case .duplicateEdge(let id): "two edges have the id `\(id)`"
        case .missingStartNode(let id): "the start node `\(id)` does not exist"
        case .missingEndNode(let id): "the end node `\(id)` does not exist"
        case .missingEdgeSource(let edge, let node): "edge `\(edge)` leaves the missing node `\(node)`"
        case .missingEdgeTarget(let edge, let node): "edge `\(edge)` leads to the missing node `\(node)`"
        case .malformedCondition(let edge, let reason):
            "the condition of edge `\(edge)` does not compile: \(reason)"
        case .missingField(let node, let field): "node `\(node)` needs `\(field)`"
        case .missingReference(let node, let field, let target):
            "`\(field)` of node `\(node)` names the missing node `\(target)`"
        case .unsupportedWorker(let node, let worker):
            "the worker `\(worker)` of map node `\(node)` is neither an agent nor a tool"
        case .defaultWriteKeyNotGranted(let node, let key):
            "the default write key `\(key)` of node `\(node)` is not among its write keys"
        case .unsupportedNodeType(let node, let type): "node `\(node)` has the unsupported type `\(type)`"
        case .outOfRange(let node, let field, let allowed):
            "`\(field)` of \(node.map { "node `\($0)`" } ?? "the graph") must be \(allowed)"
        case .danglingReadKey(let node, let key): "node `\(node)` reads `\(key)`, which nobody writes"
        }
    }
}
