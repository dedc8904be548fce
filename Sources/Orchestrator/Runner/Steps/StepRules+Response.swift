import FoundationEssentials
import JSONModel
import StoreContracts

extension StepRules {
    /// Adds a human response to a paused run: the action, named by `key`, and its routing.
    func addResponse(
        _ response: HumanResponse, key: String, to draft: inout StepDraft
    ) -> StepEnding {
        let pending = draft.state.pendingApproval
        let gate = pending?["node_id"]?.stringValue ?? draft.state.currentNode ?? ""
        draft.apply(
            WorkflowAction(
                id: draft.ids.next(),
                payload: .resumeFromHuman(
                    HumanResumption(
                        decision: response.decision, response: response.data,
                        memoryUpdates: response.memoryUpdates ?? [:])),
                idempotencyKey: "resume:\(key)",
                metadata: ActionMetadata(nodeID: gate, timestamp: draft.now)))
        return addResponseRouting(
            response.decision, gate: gate, rejection: pending?["rejection_node_id"]?.stringValue, to: &draft)
    }

    /// Adds the routing of a response that the state holds already.
    func addResponseRouting(
        _ decision: HumanDecision, gate: String, rejection: String?, to draft: inout StepDraft
    ) -> StepEnding {
        if decision == .rejected {
            let target = rejection ?? index.node(gate)?.approvalConfig?.rejectionNodeID
            guard let target, index.node(target) != nil else {
                draft.dispatch(.cancel)
                return .cancelled
            }
            draft.dispatch(.advance(to: target))
            return .next(target)
        }
        if index.isEndNode(gate) {
            draft.dispatch(.complete)
            return .completed
        }
        if let target = index.route(from: gate, in: draft.state).edge?.target {
            draft.dispatch(.advance(to: target))
            return .next(target)
        }
        guard allowImplicitCompletion else {
            return addFailure(WorkflowError.noMatchingEdge(nodeID: gate), to: &draft)
        }
        draft.dispatch(.complete)
        return .completed
    }

    /// Finishes a step that was left half-written, by the kind of its action.
    func finish(_ cut: CutStep, in draft: inout StepDraft) -> StepEnding {
        let action = cut.action
        let nodeID = action.metadata.nodeID
        if case .resumeFromHuman(let resumption) = action.payload {
            return addResponseRouting(resumption.decision, gate: nodeID, rejection: nil, to: &draft)
        }
        let node = index.node(nodeID)
        if cut.needsUsage, let error = addUsage(of: action, node: node, to: &draft) { return .failed(error) }
        guard cut.needsIncrement else { return addRouting(of: action, nodeID: nodeID, to: &draft) }
        return finish(action, node: node, elapsed: nil, isCancelled: false, in: &draft)
    }
}
