public import FoundationEssentials
import JSONModel
public import StoreContracts

/// What a handler gets to know.
public struct NodeContext: Sendable {
    /// The node that executes; for an item of a map, the worker node.
    public var node: GraphNode
    /// The graph's id.
    public var graphID: UUID
    /// The run's id.
    public var runID: UUID
    /// What the node may read of the state.
    public var view: StateView
    /// The number of this attempt, from 1.
    public var attempt: Int
    /// How many node executions the run has completed before this one.
    public var iteration: Int
    /// The same text for every execution of this step, over attempts, crashes and workers.
    ///
    /// Use it as the idempotency key of anything that happens outside.
    public var stepKey: String
    /// The run's epoch, when the run is claimed.
    public var claimEpoch: Int?
    /// The handoffs that this supervisor has made, oldest first; empty for other nodes.
    public var supervisorHistory: [SupervisorHandoff]
    /// US dollars that the run may still spend; nil without a budget.
    public var remainingBudgetUSD: Double?
    /// When the node or the run is out of time; nil without a limit.
    public var deadline: Date?
    /// The item, for a worker of a map.
    public var mapItem: MapItem?
    /// Where time comes from.
    public var clock: any StoreClock

    /// Whether the execution should stop; the same as `Task.isCancelled`.
    public var isCancelled: Bool { Task.isCancelled }
}
