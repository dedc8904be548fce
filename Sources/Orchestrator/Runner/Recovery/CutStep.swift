/// A step whose action is durable and whose end is not.
struct CutStep: Sendable {
    /// The action.
    var action: WorkflowAction
    /// Whether what it used is still to be counted.
    var needsUsage: Bool
    /// Whether the iteration is still to be counted.
    var needsIncrement: Bool

    /// Finds a cut step in the end of a log, which begins at or before its last action.
    ///
    /// - Throws: `eventLogCorrupt` if the last action is malformed.
    init?(_ events: [WorkflowEvent]) throws(WorkflowError) {
        guard let last = events.lastIndex(where: { $0.eventType == .actionDispatched && $0.action != nil })
        else { return nil }
        let action = try RunRecovery.action(of: events[last])
        let later = events[(last + 1)...].compactMap { event in
            event.eventType == .internalDispatched ? event.internalType : nil
        }
        guard !later.contains(where: Self.endings.contains) else { return nil }
        let hasIncrement = later.contains("_increment_iteration")
        switch action.payload {
        case .resumeFromHuman:
            self.init(action: action, needsUsage: false, needsIncrement: false)
        case .updateMemory, .mergeParallelResults:
            self.init(
                action: action, needsUsage: !later.contains(where: Self.isUsage),
                needsIncrement: !hasIncrement)
            if hasIncrement { needsUsage = false }
        case .handoff, .gotoNode, .setStatus, .requestHumanInput:
            guard !hasIncrement else { return nil }
            self.init(action: action, needsUsage: !later.contains(where: Self.isUsage), needsIncrement: true)
        case .unknown: return nil
        }
    }

    private init(action: WorkflowAction, needsUsage: Bool, needsIncrement: Bool) {
        self.action = action
        self.needsUsage = needsUsage
        self.needsIncrement = needsIncrement
    }

    private static let endings: Set<String> = [
        "_advance", "_complete", "_fail", "_timeout", "_cancel", "_budget_exceeded",
    ]

    private static func isUsage(_ type: String) -> Bool { type.hasPrefix("_track_") }
}
