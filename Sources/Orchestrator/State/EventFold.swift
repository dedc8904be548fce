import FoundationEssentials
import JSONModel

/// Folds the events of a run into its state, without calling any handler.
///
/// Start with the state that the events follow (a snapshot, a checkpoint, or the pending state of the run) and apply
/// them in order. The same events give the same state, on every machine and in every version with the same replay
/// rules. Whether the sequence has gaps is the caller's question; the state's mark is not touched.
public struct EventFold: Sendable {
    /// One execution of a node whose action is in the log.
    public struct ExecutedStep: Sendable, Hashable {
        /// The node.
        public var nodeID: String
        /// The run's iteration count when the action was applied.
        public var iteration: Int

        /// Names an execution.
        public init(nodeID: String, iteration: Int) {
            self.nodeID = nodeID
            self.iteration = iteration
        }
    }

    /// The state so far.
    public private(set) var state: WorkflowState
    /// The sequence of the last event that was applied; nil before the first.
    public private(set) var lastSequenceID: Int?
    /// The executions whose actions were applied.
    ///
    /// Applying a person's decision is none.
    public private(set) var executedSteps: Set<ExecutedStep> = []
    /// How many actions were applied.
    public private(set) var actionCount = 0
    /// How many transitions of the runner were applied.
    public private(set) var dispatchCount = 0
    private let limits: RuntimeLimits

    /// Starts with a state.
    ///
    /// - Parameters:
    ///   - state: The state that the events follow.
    ///   - limits: The limits that the run was executed with.
    public init(_ state: WorkflowState, limits: RuntimeLimits = .standard) {
        self.state = state
        self.limits = limits
    }

    /// Applies one event.
    ///
    /// Markers, events of child runs and unknown events change nothing.
    ///
    /// - Throws: `EventFoldError` with the sequence of an event that no reducer can read; the state stays as it was.
    public mutating func apply(_ event: WorkflowEvent) throws(EventFoldError) {
        switch event.eventType {
        case .actionDispatched:
            if let json = event.action { try apply(action: json, of: event) }
        case .internalDispatched:
            if let type = event.internalType { try apply(dispatch: type, of: event) }
        default:
            break
        }
        lastSequenceID = event.sequenceID
    }

    /// Applies events in order, up to but not including sequence `end` if there is one.
    ///
    /// - Throws: as ``apply(_:)``.
    public mutating func apply(
        _ events: some Sequence<WorkflowEvent>, before end: Int? = nil
    ) throws(EventFoldError) {
        for event in events {
            if let end, event.sequenceID >= end { return }
            try apply(event)
        }
    }

    private mutating func apply(action json: JSONValue, of event: WorkflowEvent) throws(EventFoldError) {
        let action: WorkflowAction
        do {
            action = try WorkflowAction(json: json)
        } catch {
            throw EventFoldError(sequenceID: event.sequenceID, cause: error.inside("action"))
        }
        if action.type != .resumeFromHuman {
            let node = event.nodeID ?? action.metadata.nodeID
            executedSteps.insert(ExecutedStep(nodeID: node, iteration: state.iterationCount))
        }
        state.apply(action, limits: limits)
        actionCount += 1
    }

    private mutating func apply(dispatch type: String, of event: WorkflowEvent) throws(EventFoldError) {
        let payload = event.internalPayload?.objectValue ?? [:]
        let dispatch: InternalDispatch
        var instant: Date?
        do {
            dispatch = try InternalDispatch(type: type, payload: payload)
            var fields = FieldReader(payload)
            instant = try fields.optional("_dispatched_at")
        } catch {
            throw EventFoldError(sequenceID: event.sequenceID, cause: error.inside("internal_payload"))
        }
        state.apply(dispatch, at: instant ?? event.createdAt, limits: limits)
        dispatchCount += 1
    }
}
