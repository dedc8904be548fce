public import FoundationEssentials
public import JSONModel

/// The whole truth about one run, as a value.
///
/// Only actions and internal dispatches change a running state (``apply(_:limits:)``), so that
/// the same events always fold to the same state. Dates have millisecond precision. JSON keys that this version does
/// not know are kept and written back.
public struct WorkflowState: Sendable, Equatable {
    /// The shape that new states have and that hydration leads to.
    public static let currentSchemaVersion = 2

    /// The shape's version; ``currentSchemaVersion`` for every state in memory.
    public package(set) var schemaVersion = currentSchemaVersion
    /// The id of the graph that the run executes.
    public var workflowID: UUID
    /// The id of the run.
    public var runID: UUID
    /// When the run was created.
    public var createdAt: Date
    /// The time of the last change, taken from the action that made it.
    public var updatedAt: Date
    /// What the run is to achieve; may be empty.
    public var goal: String
    /// Conditions that the result must meet.
    public var constraints: [String] = []
    /// The highest event sequence that was durable with this state; nil before the first commit.
    public var lastEventSequenceID: Int?
    /// How far the run has come.
    public var status = WorkflowStatus.pending
    /// The node that executes or will execute next.
    public var currentNode: String?
    /// How many node executions have completed.
    public var iterationCount = 0
    /// Kept for other writers; this runtime never changes it.
    public var retryCount = 0
    /// Recorded for other writers; retries follow the node's policy, not this.
    public var maxRetries = 3
    /// The message of the last failure.
    public var lastError: String?
    /// What a waiting run waits for.
    public var waitingFor: WaitingReason?
    /// Since when it waits.
    public var waitingSince: Date?
    /// When the wait ends without an answer.
    public var waitingTimeoutAt: Date?
    /// When the first node was scheduled; set once.
    public var startedAt: Date?
    /// How long the run may be active, waiting excluded.
    public var maxExecutionTime = Duration.seconds(3600)
    /// What the nodes share.
    ///
    /// Keys that start with `_` are reserved.
    public var memory: JSONObject = [:]
    /// Where untrusted memory values came from; append-only.
    public var taintRegistry: [String: TaintMetadata] = [:]
    /// Which facts were given to which node execution; append-only, the newest 256.
    public var lessonProvenance: [String: LessonProvenanceEntry] = [:]
    /// The payload of the active pause.
    public var pendingApproval: JSONValue?
    /// Approvals of policy gates by node; carried, not interpreted.
    public var policyApprovals: [String: Bool] = [:]
    /// Checkpoints of child runs by node; carried, not interpreted.
    public var subgraphCheckpoints: JSONObject = [:]
    /// The graphs that this run is nested in; carried, not interpreted.
    public var subgraphStack: [String] = []
    /// A counter of the swarm pattern; carried, not interpreted.
    public var swarmHandoffCount = 0
    /// Tokens used, in all.
    public var totalTokensUsed = 0
    /// Tokens sent, in all.
    public var totalInputTokens = 0
    /// Tokens received, in all.
    public var totalOutputTokens = 0
    /// The most tokens that the run may use; nil or 0 means no limit.
    public var maxTokenBudget: Int?
    /// Cost in US dollars, in all.
    public var totalCostUSD = 0.0
    /// The most that the run may cost; nil or not positive means no limit.
    public var budgetUSD: Double?
    /// The fractions of the cost budget that were already announced.
    public var costAlertThresholdsFired: [Double] = []
    /// Usage by node id.
    public var nodeBreakdown: [String: UsageBreakdown] = [:]
    /// Usage by model.
    public var modelBreakdown: [String: UsageBreakdown] = [:]
    /// The nodes in the order of their visits, the newest 1,000.
    public var visitedNodes: [String] = []
    /// How many node executions the run may have.
    public var maxIterations = 50
    /// What would undo the effects so far, the newest last.
    public var compensationStack: [CompensationEntry] = []
    /// The supervisors' decisions, the newest 100.
    public var supervisorHistory: [SupervisorHandoff] = []
    /// Refused memory updates, the newest 50.
    public var memoryDrops: [MemoryDrop] = []
    /// How long the run was active, summed over all claims.
    public var activeElapsed = Duration.zero
    /// Keys of the human responses that were already applied, the newest 32.
    public var appliedResponseKeys: [String] = []
    /// Handoffs by supervisor id, never trimmed.
    public var supervisorCounts: [String: Int] = [:]
    /// The top-level JSON keys that this version does not know, verbatim.
    public var additionalFields: JSONObject = [:]

    /// Creates the pending state of a new run.
    ///
    /// - Parameters:
    ///   - workflowID: The id of the graph to execute.
    ///   - runID: The id of the run.
    ///   - goal: What the run is to achieve.
    ///   - createdAt: The time of creation; kept to the millisecond.
    public init(workflowID: UUID, runID: UUID = UUID(), goal: String = "", createdAt: Date = Date()) {
        self.workflowID = workflowID
        self.runID = runID
        self.goal = goal
        self.createdAt = createdAt.wholeMilliseconds
        updatedAt = createdAt.wholeMilliseconds
    }

    /// True while there is something to execute: the status is `running` and there is a current node.
    public var shouldContinue: Bool { status == .running && currentNode != nil }
}
