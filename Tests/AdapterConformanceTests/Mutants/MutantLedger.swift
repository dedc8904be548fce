import AgentMemory
import FoundationEssentials
import StoreContracts

/// A ledger with one bug.
struct MutantLedger: OutcomeLedger {
    enum Bug: String, CaseIterable {
        case addsInsteadOfReplacing, baselineIncludesFact, oldestTrend, losesEvidence, logsBackwards
        case sharesTenants, dropsVariance
    }

    let bug: Bug
    let inner: any OutcomeLedger
    let seed: any OutcomeLedger
    private var target: any OutcomeLedger { bug == .sharesTenants ? seed : inner }

    func recordOutcomes(_ outcomes: [RunOutcome]) async throws(StoreError) {
        var outcomes = outcomes
        if bug == .addsInsteadOfReplacing {
            let count = try await inner.getBaseline().runs
            for index in outcomes.indices { outcomes[index].runID += "-\(count)" }
        }
        try await target.recordOutcomes(outcomes)
    }
    func getFactStatsBatch(_ factIDs: [String]) async throws(StoreError) -> [String: FactStats] {
        try await target.getFactStatsBatch(factIDs)
    }
    func listFactStats() async throws(StoreError) -> [FactStats] {
        var stats = try await target.listFactStats()
        if bug == .dropsVariance { for index in stats.indices { stats[index].variance = nil } }
        return stats
    }
    func getBaseline(excluding factID: String?) async throws(StoreError) -> OutcomeBaseline {
        try await target.getBaseline(excluding: bug == .baselineIncludesFact ? nil : factID)
    }
    func gateInputs(_ factIDs: [String]) async throws(StoreError) -> [String: GateInput] {
        try await target.gateInputs(factIDs)
    }
    func clear() async throws(StoreError) { try await target.clear() }
    func recordGateDecisions(_ report: RetentionReport, at instant: Date?) async throws(StoreError) {
        var report = report
        if bug == .losesEvidence {
            for index in report.promoted.indices { report.promoted[index].evidence = nil }
        }
        try await target.recordGateDecisions(report, at: instant)
    }
    func listGateDecisions(
        _ filter: GateDecisionFilter, _ page: Page
    ) async throws(StoreError) -> [GateDecision] {
        let log = try await target.listGateDecisions(filter, page)
        return bug == .logsBackwards ? log.reversed() : log
    }
    func getLessonHistory(factID: String) async throws(StoreError) -> [GateDecision] {
        try await target.getLessonHistory(factID: factID)
    }
    func getFitnessTrend(since: Date?, limit: Int) async throws(StoreError) -> [FitnessPoint] {
        guard bug == .oldestTrend else { return try await target.getFitnessTrend(since: since, limit: limit) }
        return Array(try await target.getFitnessTrend(since: since, limit: 1000).prefix(limit))
    }
}
