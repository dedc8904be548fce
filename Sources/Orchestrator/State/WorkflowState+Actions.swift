import FoundationEssentials
import JSONModel

extension WorkflowState {
    /// The wait of a pause that names none.
    private static let standardWait = Duration.seconds(86_400)

    /// Applies an action.
    ///
    /// A pure function of the state, the action and the limits: no clock, no I/O.
    ///
    /// A change of status that is not allowed makes the whole action a no-op, except that lesson provenance is
    /// always merged. An action of an unknown type changes nothing.
    ///
    /// - Parameters:
    ///   - action: The action; its timestamp is the only clock.
    ///   - limits: The same for everything that folds this run.
    public mutating func apply(_ action: WorkflowAction, limits: RuntimeLimits = .standard) {
        let time = action.metadata.timestamp.wholeMilliseconds
        let routing = MemoryRouting(nodeID: action.metadata.nodeID, time: time, limits: limits)
        switch action.payload {
        case .updateMemory(let updates), .mergeParallelResults(let updates, _):
            routing.merge(updates, into: &self)
            updatedAt = time
        case .setStatus(let next, let provenance, _):
            become(next, at: time)
            mergeLessonProvenance(provenance)
        case .gotoNode(let node):
            visit(node, limits)
            updatedAt = time
        case .handoff(let handoff):
            apply(handoff, routing)
        case .requestHumanInput(let request):
            apply(request, routing)
        case .resumeFromHuman(let resumption):
            apply(resumption, key: action.idempotencyKey, routing)
        case .unknown:
            break
        }
    }

    /// Returns the state after an action; see ``apply(_:limits:)``.
    public func reduced(by action: WorkflowAction, limits: RuntimeLimits = .standard) -> WorkflowState {
        var next = self
        next.apply(action, limits: limits)
        return next
    }

    private mutating func apply(_ handoff: HandoffPayload, _ routing: MemoryRouting) {
        visit(handoff.nodeID, routing.limits)
        supervisorHistory.append(
            SupervisorHandoff(
                supervisorID: handoff.supervisorID, delegatedTo: handoff.nodeID, reasoning: handoff.reasoning,
                iteration: iterationCount, timestamp: routing.time))
        supervisorHistory.keepNewest(routing.limits.maxSupervisorHistory)
        supervisorCounts[handoff.supervisorID] =
            (supervisorCounts[handoff.supervisorID] ?? 0).addingClamped(1)
        routing.merge(handoff.memoryUpdates, into: &self)
        mergeLessonProvenance(handoff.lessonProvenance)
        updatedAt = routing.time
    }

    private mutating func apply(_ request: HumanInputRequest, _ routing: MemoryRouting) {
        guard become(.waiting, at: routing.time) else { return }
        let asked = (request.timeout ?? .zero).wholeMilliseconds
        let wait = asked == .zero ? Self.standardWait : asked
        waitingFor = request.waitingFor ?? .humanApproval
        waitingSince = routing.time
        waitingTimeoutAt = routing.time.addingTimeInterval(wait.wireSeconds).wholeMilliseconds
        pendingApproval = request.pendingApproval
        routing.merge(request.memoryUpdates, into: &self)
    }

    private mutating func apply(_ resumption: HumanResumption, key: String, _ routing: MemoryRouting) {
        guard become(.running, at: routing.time) else { return }
        waitingFor = nil
        waitingSince = nil
        waitingTimeoutAt = nil
        pendingApproval = nil
        var updates: JSONObject = ["human_decision": resumption.decision.json]
        if let response = resumption.response { updates["human_response"] = response }
        updates.merge(resumption.memoryUpdates)
        routing.merge(updates, into: &self)
        let prefix = "resume:"
        appliedResponseKeys.append(key.hasPrefix(prefix) ? String(key.dropFirst(prefix.count)) : key)
        appliedResponseKeys.keepNewest(RuntimeLimits.maxAppliedResponseKeys)
    }

    /// Changes the status if that is allowed, and the time with it.
    @discardableResult
    mutating func become(_ next: WorkflowStatus, at time: Date) -> Bool {
        guard status.canBecome(next) else { return false }
        status = next
        updatedAt = time
        return true
    }

    /// Makes `node` the current one and remembers the visit.
    mutating func visit(_ node: String, _ limits: RuntimeLimits) {
        currentNode = node
        visitedNodes.append(node)
        visitedNodes.keepNewest(limits.maxVisitedNodes)
    }
}
