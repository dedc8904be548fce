import FoundationEssentials
import JSONModel
import StoreContracts

/// The events of one commit and the state that they lead to, in step.
///
/// Every change of the state goes through an event here, so that folding the log gives the snapshot.
struct StepDraft: Sendable {
    private(set) var state: WorkflowState
    private(set) var events: [NewWorkflowEvent] = []
    private(set) var nextSequence: Int
    /// The actions of this step.
    private(set) var actions: [WorkflowAction] = []
    /// Cost thresholds that fired in this step.
    private(set) var firedThresholds: [Double] = []
    let limits: RuntimeLimits
    let ids: any IDSource
    let now: Date

    init(
        state: WorkflowState, nextSequence: Int, limits: RuntimeLimits, ids: any IDSource, now: Date
    ) {
        self.state = state
        self.nextSequence = nextSequence
        self.limits = limits
        self.ids = ids
        self.now = now.wholeMilliseconds
    }

    var isEmpty: Bool { events.isEmpty }

    /// Logs and applies a transition of the runner.
    mutating func dispatch(_ dispatch: InternalDispatch) {
        append(
            .internalDispatched, internalType: dispatch.type,
            internalPayload: .object(dispatch.payload(dispatchedAt: now)))
        state.apply(dispatch, at: now, limits: limits)
        if case .fireCostThreshold(let fraction) = dispatch { firedThresholds.append(fraction) }
    }

    /// Logs and applies an action.
    mutating func apply(_ action: WorkflowAction) {
        append(.actionDispatched, nodeID: action.metadata.nodeID, action: action.json)
        state.apply(action, limits: limits)
        actions.append(action)
    }

    /// Logs that a node is scheduled to execute.
    mutating func scheduleNode(_ id: String) {
        append(.nodeStarted, nodeID: id)
    }

    /// Logs the configuration that a replay without a snapshot starts from.
    mutating func startWorkflow(_ payload: JSONObject) {
        append(.workflowStarted, internalPayload: .object(payload))
    }

    private mutating func append(
        _ type: WorkflowEventType, nodeID: String? = nil, action: JSONValue? = nil,
        internalType: String? = nil, internalPayload: JSONValue? = nil
    ) {
        events.append(
            NewWorkflowEvent(
                id: ids.next(), runID: state.runID, sequenceID: nextSequence, eventType: type, nodeID: nodeID,
                action: action, internalType: internalType, internalPayload: internalPayload))
        state.lastEventSequenceID = nextSequence
        nextSequence += 1
    }

    /// The commit of everything so far.
    func commit(
        claim: RunClaim?, disposition: JobDisposition = .none, createsRun: Bool = false
    ) -> RunCommit {
        RunCommit(
            runID: state.runID, claim: claim, events: events, state: state, disposition: disposition,
            createsRun: createsRun)
    }
}
