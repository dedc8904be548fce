public import FoundationEssentials
public import StoreContracts

/// The row of a run.
public struct WorkflowRunRecord: Hashable, Sendable {
    /// The run.
    public var id: UUID
    /// The legacy grouping id; never written here.
    public var workflowID: UUID?
    /// The graph that the run executes.
    public var graphID: UUID
    /// The wire name of the status; foreign writers may store any text.
    public var statusText: String
    /// When the run was created.
    public var createdAt: Date
    /// The first instant at which the run was terminal; nil while it is not.
    public var completedAt: Date?
    /// When retention moved the run to the warm tier.
    public var archivedAt: Date?
    /// Where the run comes from.
    public var lineage: RunLineage
    /// How often the run was claimed; the fence of every claimed write.
    public var claimEpoch: Int
    /// The tenant that owns the run.
    public var tenantID: TenantID
    /// When somebody asked for the run to be cancelled; nil if nobody did.
    public var cancelRequestedAt: Date?

    /// Creates the record of a run.
    public init(
        id: UUID, workflowID: UUID? = nil, graphID: UUID, statusText: String, createdAt: Date,
        completedAt: Date? = nil, archivedAt: Date? = nil, lineage: RunLineage = RunLineage(),
        claimEpoch: Int = 0, tenantID: TenantID = .seed, cancelRequestedAt: Date? = nil
    ) {
        self.id = id
        self.workflowID = workflowID
        self.graphID = graphID
        self.statusText = statusText
        self.createdAt = createdAt
        self.completedAt = completedAt
        self.archivedAt = archivedAt
        self.lineage = lineage
        self.claimEpoch = claimEpoch
        self.tenantID = tenantID
        self.cancelRequestedAt = cancelRequestedAt
    }

    /// The status; nil if a foreign writer stored a text that is none.
    public var status: WorkflowStatus? { WorkflowStatus(rawValue: statusText) }

    /// The place of this row in `listWorkflowRuns(_:)`.
    public var cursor: PageCursor { PageCursor(instant: createdAt, id: id) }
}
