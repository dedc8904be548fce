#if CLI
import FoundationEssentials
import JSONModel
import Orchestrator
import OrchestratorPostgres
import StoreContracts

extension RunChecks {
    /// Replays the log of every run from its first event and compares the result with the newest snapshot.
    func folds() async throws -> DemoCheck {
        let store = PostgresPersistenceProvider(client)
        var broken: [String] = []
        var events = 0
        for run in runs {
            let log = try await store.loadEvents(runID: run)
            events += log.count
            let snapshot = try await store.loadLatestWorkflowState(runID: run)
            if let reason = Self.difference(log, snapshot) { broken.append("\(run.text): \(reason)") }
        }
        let detail =
            broken.first ?? "\(Text.count(events, "event")) folded into \(Text.count(runs.count, "state"))"
        return .promise(
            "fold_equals_snapshot", "the fold of every event log equals the newest snapshot",
            violations: broken.count, detail: detail)
    }

    /// How the fold of a log differs from a snapshot; nil if it does not.
    static func difference(_ events: [WorkflowEvent], _ snapshot: WorkflowState?) -> String? {
        guard var snapshot else { return "there is no snapshot" }
        guard snapshot.lastEventSequenceID == events.last?.sequenceID else {
            return "the snapshot does not stand at the last event"
        }
        do {
            var fold = EventFold(try start(of: events, snapshot))
            try fold.apply(events)
            snapshot.lastEventSequenceID = nil
            guard fold.state.json.jsonText(.canonical) == snapshot.json.jsonText(.canonical) else {
                return "the states differ"
            }
            return nil
        } catch {
            return "the log cannot be folded (\(error))"
        }
    }

    /// The state before the first event, as the log itself describes it.
    private static func start(of events: [WorkflowEvent], _ snapshot: WorkflowState) throws -> WorkflowState {
        let started = events.first { $0.eventType == .workflowStarted }
        return try Genesis.state(
            payload: started?.internalPayload?.objectValue, graphID: snapshot.workflowID,
            runID: snapshot.runID,
            firstEvent: events.first?.createdAt ?? snapshot.createdAt)
    }
}
#endif
