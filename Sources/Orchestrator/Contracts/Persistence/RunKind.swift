/// How a run came to be.
public enum RunKind: String, Hashable, Sendable, CaseIterable {
    /// Started by a user or a job.
    case primary
    /// Started by a node of another run. Reserved.
    case subgraph
    /// A fork that replays another run with changes.
    case counterfactual
}
