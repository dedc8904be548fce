internal import FoundationEssentials
internal import Orchestrator

/// What a write about a run asks of the run's row, so that it can be checked and a refusal can be explained.
struct RunWrite: Sendable {
    /// The run.
    var runID: UUID
    /// The fence.
    var claim: RunClaim?
    /// The status that the run gets; nil leaves it.
    var status: WorkflowStatus?
    /// The state from which a missing row is created; nil creates none.
    var creating: WorkflowState?
    /// The table that the caller names if the run has no row.
    var table = "workflow_runs"

    /// Whether a missing row is created: never for a claimed run, whose row the claim made.
    var creates: Bool { creating != nil && claim == nil }

    /// The statuses that the run cannot leave for the new one.
    var finalStatuses: [String] {
        guard let status else { return [] }
        return WorkflowStatus.allCases.filter { !$0.canBecome(status) }.map(\.rawValue)
    }
}
