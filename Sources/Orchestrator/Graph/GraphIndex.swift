/// A graph made ready for execution: nodes by id, edges by source, conditions compiled once.
///
/// Costs one pass over the graph to make; then every lookup is one hash lookup.
public struct GraphIndex: Sendable {
    private struct CompiledEdge {
        var edge: GraphEdge
        var condition: Result<ConditionExpression, ConditionSyntaxError>?
    }

    /// The graph.
    public let graph: WorkflowGraph
    private let nodes: [String: GraphNode]
    private let edges: [String: [CompiledEdge]]
    private let endNodes: Set<String>

    /// Prepares a graph; of two nodes with one id the first wins.
    ///
    /// - Parameters:
    ///   - graph: Any graph; one with problems routes as far as it goes.
    ///   - cache: Where compiled conditions come from; without one they are compiled here.
    public init(_ graph: WorkflowGraph, cache: ConditionCache? = nil) {
        self.graph = graph
        nodes = Dictionary(graph.nodes.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        endNodes = Set(graph.endNodes)
        var edges: [String: [CompiledEdge]] = [:]
        for edge in graph.edges {
            var compiled = CompiledEdge(edge: edge)
            if edge.condition.type == EdgeCondition.conditional, let text = edge.condition.expression {
                compiled.condition = Self.compile(text, cache)
            }
            edges[edge.source, default: []].append(compiled)
        }
        self.edges = edges
    }

    private static func compile(
        _ text: String, _ cache: ConditionCache?
    ) -> Result<ConditionExpression, ConditionSyntaxError> {
        do {
            if let cache { return .success(try cache.expression(text)) }
            return .success(try ConditionExpression(text))
        } catch {
            return .failure(error)
        }
    }

    /// The node with this id; nil if there is none.
    public func node(_ id: String) -> GraphNode? { nodes[id] }

    /// Tells whether a run is complete after this node.
    public func isEndNode(_ id: String) -> Bool { endNodes.contains(id) }

    /// The edges that leave a node, in the order of declaration.
    public func edges(from source: String) -> [GraphEdge] {
        edges[source]?.map(\.edge) ?? []
    }

    /// Chooses the edge to take after a node.
    ///
    /// Fails closed: an edge whose condition has no value is not taken.
    ///
    /// - Parameters:
    ///   - source: The node that was executed.
    ///   - state: The state after it.
    /// - Returns: The edge, if one is taken, and what to log.
    public func route(from source: String, in state: WorkflowState) -> RoutingDecision {
        var decision = RoutingDecision(edge: nil)
        for compiled in edges[source] ?? [] {
            guard isTaken(compiled, in: state, failures: &decision.failures) else { continue }
            guard nodes[compiled.edge.target] != nil else {
                decision.failures.append(
                    ConditionFailure(
                        edgeID: compiled.edge.id, reason: .missingTarget(compiled.edge.target)))
                continue
            }
            decision.edge = compiled.edge
            break
        }
        return decision
    }

    private func isTaken(
        _ compiled: CompiledEdge, in state: WorkflowState, failures: inout [ConditionFailure]
    ) -> Bool {
        let id = compiled.edge.id
        let type = compiled.edge.condition.type
        if type == EdgeCondition.always.type { return true }
        guard type == EdgeCondition.conditional else {
            failures.append(ConditionFailure(edgeID: id, reason: .unknownType(type)))
            return false
        }
        switch compiled.condition {
        case nil:
            failures.append(ConditionFailure(edgeID: id, reason: .missingExpression))
        case .failure(let error):
            failures.append(ConditionFailure(edgeID: id, reason: .malformed(error)))
        case .success(let expression):
            let tainted = expression.taintedKeys(in: state)
            if !tainted.isEmpty {
                let reason = ConditionFailure.Reason.tainted(keys: tainted, isRefused: graph.isTaintStrict)
                failures.append(ConditionFailure(edgeID: id, reason: reason))
                if graph.isTaintStrict { return false }
            }
            do {
                return try expression.isTrue(in: state)
            } catch {
                failures.append(ConditionFailure(edgeID: id, reason: .unevaluable(error)))
            }
        }
        return false
    }
}
