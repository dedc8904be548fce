public import FoundationEssentials

/// Which runs to list; an absent field does not filter.
public struct RunFilter: Hashable, Sendable {
    /// Only runs with this status.
    public var status: WorkflowStatus?
    /// Only runs of this graph.
    public var graphID: UUID?
    /// Only runs of this kind.
    public var kind: RunKind?
    /// Only runs that come from this one.
    public var parentRunID: UUID?
    /// Only forks of this group.
    public var forkGroupID: UUID?

    /// Creates a filter.
    public init(
        status: WorkflowStatus? = nil, graphID: UUID? = nil, kind: RunKind? = nil, parentRunID: UUID? = nil,
        forkGroupID: UUID? = nil
    ) {
        self.status = status
        self.graphID = graphID
        self.kind = kind
        self.parentRunID = parentRunID
        self.forkGroupID = forkGroupID
    }
}
