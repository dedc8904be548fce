public import FoundationEssentials
public import StoreContracts

/// Records how runs did, and what the gate decided.
///
/// Every call is atomic and belongs to one tenant. Run and fact ids are free text; lists of facts are ordered by
/// their UTF-8 bytes. Sums agree between adapters to 1e-10.
public protocol OutcomeLedger: Sendable {
    /// Records outcomes; one of a run that is recorded replaces its score, facts and instant.
    ///
    /// - Throws: `invalidArgument`, `tenantConflict` for a run of another tenant.
    func recordOutcomes(_ outcomes: [RunOutcome]) async throws(StoreError)
    /// The sums of the runs of some facts; facts that no run was given are left out.
    func getFactStatsBatch(_ factIDs: [String]) async throws(StoreError) -> [String: FactStats]
    /// The sums of every fact that a run was given.
    func listFactStats() async throws(StoreError) -> [FactStats]
    /// The sums of all runs, or of those that were not given `factID`.
    func getBaseline(excluding factID: String?) async throws(StoreError) -> OutcomeBaseline
    /// What the gate decides on for each of some facts.
    func gateInputs(_ factIDs: [String]) async throws(StoreError) -> [String: GateInput]
    /// Removes all outcomes; the log of decisions stays.
    func clear() async throws(StoreError)

    /// Appends a pass to the log, whatever became of the facts; an empty report writes nothing.
    ///
    /// - Parameters:
    ///   - report: What the pass decided.
    ///   - instant: When it was; nil: now by the ledger's clock.
    /// - Throws: what the store's connection throws.
    func recordGateDecisions(_ report: RetentionReport, at instant: Date?) async throws(StoreError)
    /// A part of the log, newest first.
    func listGateDecisions(
        _ filter: GateDecisionFilter, _ page: Page
    ) async throws(StoreError) -> [GateDecision]
    /// Everything that was decided about a fact, oldest first.
    func getLessonHistory(factID: String) async throws(StoreError) -> [GateDecision]
    /// The newest scores, oldest first.
    func getFitnessTrend(since: Date?, limit: Int) async throws(StoreError) -> [FitnessPoint]
}

extension OutcomeLedger {
    /// Records one outcome.
    public func recordOutcome(_ outcome: RunOutcome) async throws(StoreError) {
        try await recordOutcomes([outcome])
    }

    /// The sums of the runs of a fact; nil if no run was given it.
    public func getFactStats(_ factID: String) async throws(StoreError) -> FactStats? {
        try await getFactStatsBatch([factID])[factID]
    }

    /// The sums of all runs.
    public func getBaseline() async throws(StoreError) -> OutcomeBaseline {
        try await getBaseline(excluding: nil)
    }

    /// Appends a pass to the log, now.
    public func recordGateDecisions(_ report: RetentionReport) async throws(StoreError) {
        try await recordGateDecisions(report, at: nil)
    }

    /// The newest decisions that pass.
    public func listGateDecisions(
        _ filter: GateDecisionFilter = GateDecisionFilter()
    ) async throws(StoreError) -> [GateDecision] {
        try await listGateDecisions(filter, .first)
    }

    /// The newest 500 scores, oldest first.
    public func getFitnessTrend() async throws(StoreError) -> [FitnessPoint] {
        try await getFitnessTrend(since: nil, limit: 500)
    }

    /// What the gate decides on, one fact after the other; adapters do it in one statement.
    public func gateInputs(_ factIDs: [String]) async throws(StoreError) -> [String: GateInput] {
        let all = try await getBaseline()
        let stats = try await getFactStatsBatch(factIDs)
        return Dictionary(
            factIDs.map {
                ($0, GateInput(stats: stats[$0], baseline: OutcomeBaseline(all: all, without: stats[$0])))
            }, uniquingKeysWith: { first, _ in first })
    }
}
