/// Says which edge a run takes after a node, and what happened on the way to that answer.
public struct RoutingDecision: Sendable, Hashable {
    /// The first edge whose condition is true and whose target exists; nil if there is none.
    public var edge: GraphEdge?
    /// What kept earlier edges from being taken, and warnings, in the order of the edges; for the log.
    public var failures: [ConditionFailure]

    /// Creates a decision.
    public init(edge: GraphEdge?, failures: [ConditionFailure] = []) {
        self.edge = edge
        self.failures = failures
    }
}
