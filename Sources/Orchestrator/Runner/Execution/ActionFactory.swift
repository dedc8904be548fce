import FoundationEssentials
import JSONModel
import StoreContracts

/// Makes the actions of one step.
struct ActionFactory: Sendable {
    let node: GraphNode
    let iteration: Int
    /// How often this supervisor has handed over.
    let handoffs: Int
    let ids: any IDSource
    let clock: any StoreClock

    /// The action of a handler's outcome.
    ///
    /// - Throws: `supervisorRouting` if a supervisor chose a node that it does not manage.
    func action(
        _ outcome: NodeOutcome, attempt: Int, duration: Duration? = nil
    ) throws(WorkflowError) -> WorkflowAction {
        let now = clock.now()
        var action = self.action(try payload(outcome, at: now), attempt: attempt, at: now)
        action.metadata.duration = duration?.wholeMilliseconds
        action.metadata.model = outcome.usage?.model
        action.metadata.tokenUsage = outcome.usage.map(TokenUsage.init)
        action.metadata.toolExecutions = outcome.toolExecutions.isEmpty ? nil : outcome.toolExecutions
        action.compensation = outcome.compensation
        if case .requestHumanInput(var request) = action.payload {
            request.pendingApproval = pending(request.pendingApproval, id: action.id)
            action.payload = .requestHumanInput(request)
        }
        return action
    }

    /// An action without usage.
    func action(_ payload: ActionPayload, attempt: Int) -> WorkflowAction {
        action(payload, attempt: attempt, at: clock.now())
    }

    private func action(_ payload: ActionPayload, attempt: Int, at now: Date) -> WorkflowAction {
        WorkflowAction(
            id: ids.next(), payload: payload, idempotencyKey: key(payload, attempt: attempt),
            metadata: ActionMetadata(
                nodeID: node.id, agentID: node.type == .supervisor ? node.supervisorAgentID : node.agentID,
                timestamp: now, attempt: attempt))
    }

    private func key(_ payload: ActionPayload, attempt: Int) -> String {
        guard node.type == .supervisor else { return "\(node.id):\(iteration):\(attempt)" }
        if case .handoff = payload { return "\(node.id):handoff:\(handoffs):\(attempt)" }
        return "\(node.id):complete:\(handoffs):\(attempt)"
    }

    private func payload(_ outcome: NodeOutcome, at now: Date) throws(WorkflowError) -> ActionPayload {
        let lessons =
            mintLessonProvenance(
                factIDs: outcome.injectedFactIDs, nodeID: node.id, agentID: node.agentID, key: ids.next(),
                retrievedAt: now) ?? [:]
        switch outcome.effect {
        case .updates(let updates): return .updateMemory(updates.carrying(lessons))
        case .text(let text):
            let updates: JSONObject = [textKey: .string(text)]
            return .updateMemory(updates.carrying(lessons))
        case .result(let value): return .updateMemory(result(value).carrying(lessons))
        case .handoff(let target, let reasoning, let updates):
            let allowed = node.supervisorConfig?.managedNodes ?? []
            guard allowed.contains(target) else {
                throw .supervisorRouting(supervisorID: node.id, chosenNode: target, allowedNodes: allowed)
            }
            return .handoff(
                HandoffPayload(
                    nodeID: target, supervisorID: node.id, reasoning: reasoning, lessonProvenance: lessons,
                    memoryUpdates: updates))
        case .complete(let reason):
            return .setStatus(.completed, lessonProvenance: lessons, completionReason: reason)
        case .goto(let target): return .gotoNode(target)
        case .requestHumanInput(let request): return .requestHumanInput(request)
        }
    }

    /// What is pending, with the node and an id for the answer to name.
    private func pending(_ given: JSONValue?, id: UUID) -> JSONValue {
        guard var fields = (given ?? [:]).objectValue else {
            return ["node_id": .string(node.id), "approval_id": .string(id.text), "value": given ?? .null]
        }
        if fields["node_id"] == nil { fields["node_id"] = .string(node.id) }
        if fields["approval_id"] == nil { fields["approval_id"] = .string(id.text) }
        return .object(fields)
    }

    private var textKey: String {
        if let key = node.defaultWriteKey { return key }
        if node.writeKeys.count == 1, let key = node.writeKeys.first, key != "*" { return key }
        return "\(node.id)_output"
    }

    /// A result that says where it comes from is unwrapped, and its origin recorded.
    private func result(_ value: JSONValue) -> JSONObject {
        let key = "\(node.id)_result"
        guard let object = value.objectValue, let taint = object["taint"], let inner = object["result"] else {
            return [key: value]
        }
        return [key: inner, "_taint_registry": .object([key: taint])]
    }
}

extension JSONObject {
    fileprivate func carrying(_ lessons: [String: LessonProvenanceEntry]) -> JSONObject {
        guard !lessons.isEmpty else { return self }
        var copy = self
        copy["_lesson_provenance"] = lessons.json
        return copy
    }
}

extension TokenUsage {
    fileprivate init(_ usage: NodeUsage) {
        self.init(
            inputTokens: usage.inputTokens, outputTokens: usage.outputTokens,
            totalTokens: usage.totalTokens, costUSD: usage.costUSD)
    }
}
