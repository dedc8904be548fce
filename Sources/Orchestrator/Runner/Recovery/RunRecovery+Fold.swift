public import FoundationEssentials
import JSONModel

extension RunRecovery {
    /// Applies one event to a state; markers and events of children change nothing.
    ///
    /// - Throws: `eventLogCorrupt` if the event is malformed.
    static func fold(
        _ event: WorkflowEvent, into state: inout WorkflowState, limits: RuntimeLimits
    ) throws(WorkflowError) {
        switch event.eventType {
        case .actionDispatched where event.action != nil:
            state.apply(try action(of: event), limits: limits)
        case .internalDispatched:
            guard let type = event.internalType else { return }
            let payload = event.internalPayload?.objectValue ?? [:]
            let time = payload["_dispatched_at"].flatMap { try? Date(json: $0) } ?? event.createdAt
            do {
                state.apply(try InternalDispatch(type: type, payload: payload), at: time, limits: limits)
            } catch {
                throw corrupt(event, "\(error)")
            }
        default: break
        }
    }

    /// The action of an event.
    ///
    /// - Throws: `eventLogCorrupt` if it is malformed.
    static func action(of event: WorkflowEvent) throws(WorkflowError) -> WorkflowAction {
        guard let json = event.action else { throw corrupt(event, "it has no action") }
        do {
            return try WorkflowAction(json: json)
        } catch {
            throw corrupt(event, "\(error)")
        }
    }

    private static func corrupt(_ event: WorkflowEvent, _ reason: String) -> WorkflowError {
        .eventLogCorrupt(
            runID: event.runID, sequenceID: event.sequenceID, reason: "holds a malformed event: \(reason)")
    }
}

/// Folds the whole log of a run, from its first event, into the state that it leads to.
///
/// The state carries the last event as its mark. Folding the same log twice gives the same state.
///
/// - Parameters:
///   - events: The log, ascending from sequence 0.
///   - graphID: The graph of the run.
///   - limits: The limits that the run was executed with.
/// - Returns: The state; nil for an empty log.
/// - Throws: `eventLogCorrupt` for a log with holes, without `_init`, or with a malformed event.
public func replay(
    _ events: [WorkflowEvent], graphID: UUID, limits: RuntimeLimits = .standard
) throws(WorkflowError) -> WorkflowState? {
    guard let first = events.first, let last = events.last else { return nil }
    guard RunRecovery.isContiguous(events, after: -1), events.contains(where: { $0.internalType == "_init" })
    else {
        throw .eventLogCorrupt(
            runID: first.runID, sequenceID: nil, reason: "has a hole, or no _init from the start")
    }
    let started = events.first { $0.eventType == .workflowStarted }
    var state: WorkflowState
    do {
        state = try Genesis.state(
            payload: started?.internalPayload?.objectValue, graphID: graphID, runID: first.runID,
            firstEvent: first.createdAt)
    } catch {
        throw .eventLogCorrupt(
            runID: first.runID, sequenceID: started?.sequenceID, reason: "starts wrongly: \(error)")
    }
    for event in events { try RunRecovery.fold(event, into: &state, limits: limits) }
    state.lastEventSequenceID = last.sequenceID
    return state
}
