#if CLI
import FoundationEssentials
import JSONModel
import Orchestrator
import OrchestratorPostgres
import PostgresWire
import StoreContracts

/// Verifies by SQL what the runtime promises about every run of chaos.
struct ChaosOracle: Sendable {
    let client: PostgresClient
    /// The runs with their sizes.
    let runs: [UUID: Int]

    /// Tokens of a run: one use at the start, and one in each round.
    private static let tokens = 15 * (1 + ChaosGraph.rounds)

    /// What became of each run.
    func verdicts() async throws -> [UUID: ChaosVerdict] {
        var verdicts: [UUID: ChaosVerdict] = [:]
        for (run, size) in runs { verdicts[run] = try await verdict(run, size) }
        return verdicts
    }

    private func verdict(_ run: UUID, _ size: Int) async throws -> ChaosVerdict {
        let store = PostgresPersistenceProvider(client)
        let events = try await store.loadEvents(runID: run)
        let snapshot = try await store.loadLatestWorkflowState(runID: run)
        let row = try await store.loadWorkflowRun(id: run)
        let actions = events.filter { $0.eventType == .actionDispatched }
        let started = events.filter { $0.eventType == .nodeStarted }
        var verdict = ChaosVerdict(
            run: run, reexecuted: max(0, started.count - actions.count), violations: [])
        func check(_ holds: Bool, _ text: String) {
            if !holds { verdict.violations.append("run \(run.text): \(text)") }
        }
        let reason = snapshot?.lastError.map { ": \($0)" } ?? ""
        check(row?.status == .completed, "it is \(row?.statusText ?? "not there")\(reason)")
        check(events.map(\.sequenceID) == Array(0..<events.count), "its events are not numbered from 0")
        check(
            events.count { $0.eventType == .workflowStarted } == 1, "it did not start exactly once")
        check(
            Self.counts(actions) == ChaosGraph.actions(size: size), "its actions are \(Self.counts(actions))")
        check(Self.isOnce(events), "a step has two actions")
        for type in [ActionType.requestHumanInput, .resumeFromHuman] {
            let count = events.count { $0.action?["type"]?.stringValue == type.rawValue }
            check(count == 1, "it has \(count) actions of type \(type.rawValue)")
        }
        if let difference = RunChecks.difference(events, snapshot) { check(false, difference) }
        check(snapshot?.totalTokensUsed == Self.tokens, "it used \(snapshot?.totalTokensUsed ?? -1) tokens")
        for (key, value) in ChaosGraph.finalMemory(size: size) {
            check(snapshot?.memory[key] == value, "memory.\(key) is not what it must be")
        }
        verdict.violations += try await jobs(run, epoch: row?.claimEpoch ?? -1)
        verdict.violations += try await effects(run, size)
        return verdict
    }

    /// How often each node of the workflow acted, the approval apart.
    private static func counts(_ actions: [WorkflowEvent]) -> [String: Int] {
        actions.reduce(into: [:]) { counts, event in
            guard let node = event.nodeID, node != ChaosGraph.Node.gate else { return }
            counts[node, default: 0] += 1
        }
    }

    /// Whether no node acted twice in one iteration, and no item of a map twice.
    private static func isOnce(_ events: [WorkflowEvent]) -> Bool {
        var iteration = 0
        var seen: Set<String> = []
        for event in events {
            if event.internalType == "_increment_iteration" { iteration += 1 }
            let acts = event.eventType == .actionDispatched || event.eventType == .childActionDispatched
            let type = event.action?["type"]?.stringValue ?? ""
            if acts, !seen.insert("\(iteration) \(event.nodeID ?? "") \(type)").inserted { return false }
        }
        return true
    }

    private func jobs(_ run: UUID, epoch: Int) async throws -> [String] {
        let (all, completed, attempts) = try await client.one(
            """
            SELECT count(*), count(*) FILTER (WHERE status = 'completed'), sum(attempt)::int8
            FROM workflow_jobs WHERE run_id = \(run)
            """, as: (Int, Int, Int?).self)
        var violations: [String] = []
        if all != 2 || completed != 2 {
            violations.append("run \(run.text): \(completed) of its \(all) jobs are completed")
        }
        if attempts != epoch {
            violations.append("run \(run.text): it was claimed \(attempts ?? 0) times, its epoch is \(epoch)")
        }
        return violations
    }

    /// Effects in the step's transaction happened once for each step, others at least once and under one key.
    private func effects(_ run: UUID, _ size: Int) async throws -> [String] {
        let rows = try await client.collect(
            """
            SELECT node_id, is_transactional, count(DISTINCT (iteration, item)), count(*),
                count(DISTINCT step_key)
            FROM chaos_effects WHERE run_id = \(run) GROUP BY node_id, is_transactional
            """, as: (String, Bool, Int, Int, Int).self)
        var violations: [String] = []
        var expected = ChaosGraph.actions(size: size)
        expected[ChaosGraph.Node.fan] = nil
        expected[ChaosGraph.Node.item] = ChaosGraph.itemCount
        for (node, isTransactional, steps, made, keys) in rows {
            let wanted = expected.removeValue(forKey: node) ?? 0
            let isRight =
                steps == wanted && keys == wanted && (isTransactional ? made == wanted : made >= wanted)
            if !isRight {
                violations.append(
                    "run \(run.text): \(node) made \(made) effects for \(steps) of \(wanted) steps under \(keys) keys"
                )
            }
        }
        for node in expected.keys { violations.append("run \(run.text): \(node) made no effect") }
        return violations
    }

    /// The seconds from each death until another worker had a run of the dead one.
    func takeovers(after kills: [ChaosKill]) async throws -> [Double] {
        var seconds: [Double] = []
        for kill in kills where kill.isDeath {
            for run in kill.runs {
                let next = try await client.one(
                    """
                    SELECT min((a ->> 'started_at')::timestamptz) FROM workflow_jobs j
                    CROSS JOIN LATERAL jsonb_array_elements(j.attempt_history) AS a
                    WHERE j.run_id = \(run) AND (a ->> 'started_at')::timestamptz > \(kill.time)
                    """, as: Date?.self)
                if let next { seconds.append(next.timeIntervalSince(kill.time)) }
            }
        }
        return seconds.sorted()
    }
}
#endif
