public import FoundationEssentials
public import StoreContracts

/// Records outcomes in memory, with the semantics of the PostgreSQL ledger.
public struct InMemoryOutcomeLedger: OutcomeLedger {
    private let memory: InMemoryMemory
    private let tenant: TenantID

    /// Creates a ledger on rows; share them with the store whose lessons it judges.
    public init(memory: InMemoryMemory = InMemoryMemory(), tenant: TenantID = .seed) {
        self.memory = memory
        self.tenant = tenant
    }

    /// Records outcomes; one of a run that is recorded replaces it.
    public func recordOutcomes(_ outcomes: [RunOutcome]) async throws(StoreError) {
        for outcome in outcomes { try outcome.validate() }
        let now = memory.clock.now()
        try memory.run { (tables) throws(StoreError) in
            for outcome in outcomes {
                if let row = tables.outcomes[outcome.runID], row.tenant != tenant {
                    throw StoreError(.tenantConflict(table: "run_outcomes", id: outcome.runID))
                }
            }
            for var outcome in outcomes {
                outcome.factIDs = outcome.factIDs.withoutRepeats
                tables.outcomes[outcome.runID] = MemoryTables.OutcomeRow(
                    outcome: outcome, recordedAt: (outcome.recordedAt ?? now).memoryPrecision, tenant: tenant)
            }
        }
    }

    /// The sums of the runs of some facts.
    public func getFactStatsBatch(_ factIDs: [String]) async throws(StoreError) -> [String: FactStats] {
        let wanted = Set(factIDs)
        return statistics { wanted.contains($0) }
    }

    /// The sums of every fact that a run was given.
    public func listFactStats() async throws(StoreError) -> [FactStats] {
        statistics { _ in true }.values.sorted {
            $0.factID.utf8.lexicographicallyPrecedes($1.factID.utf8)
        }
    }

    /// The sums of all runs, or of those that were not given `factID`.
    public func getBaseline(excluding factID: String?) async throws(StoreError) -> OutcomeBaseline {
        let scores = rows.filter { row in factID.map { !row.outcome.factIDs.contains($0) } ?? true }
            .map(\.outcome.score)
        return OutcomeBaseline(runs: scores.count, meanScore: scores.mean, variance: scores.variance)
    }

    /// Removes all outcomes.
    public func clear() async throws(StoreError) {
        memory.read { tables in tables.outcomes = tables.outcomes.filter { $0.value.tenant != tenant } }
    }

    /// Appends a pass to the log.
    public func recordGateDecisions(_ report: RetentionReport, at instant: Date?) async throws(StoreError) {
        let ids = TimeOrderedIDs()
        let decided = report.rows(
            at: instant ?? memory.clock.now(), passID: ids.next(), nextID: ids.next)
        memory.read { tables in
            tables.decisions += decided.map { OwnedRow(record: $0, tenant: tenant) }
        }
    }

    /// A part of the log, newest first, then by id descending.
    public func listGateDecisions(
        _ filter: GateDecisionFilter, _ page: Page
    ) async throws(StoreError) -> [GateDecision] {
        let sorted = decisions.filter(filter.admits)
            .sorted { ($0.gatedAt, $0.id.text) > ($1.gatedAt, $1.id.text) }
        guard case .after(let cursor) = page.start else { return page.select(from: sorted) }
        let place = (cursor.instant, cursor.id.text)
        return Array(sorted.drop { ($0.gatedAt, $0.id.text) >= place }.prefix(page.limit))
    }

    /// Everything that was decided about a fact, oldest first.
    public func getLessonHistory(factID: String) async throws(StoreError) -> [GateDecision] {
        decisions.filter { $0.factID == factID }
            .sorted { ($0.gatedAt, $0.id.text) < ($1.gatedAt, $1.id.text) }
    }

    /// The newest scores, oldest first.
    public func getFitnessTrend(since: Date?, limit: Int) async throws(StoreError) -> [FitnessPoint] {
        let page = try Page(limit: limit)
        let points = rows.filter { $0.recordedAt >= since ?? .distantPast }
            .map {
                FitnessPoint(
                    runID: $0.outcome.runID, score: $0.outcome.score, recordedAt: $0.recordedAt)
            }
            .sorted { left, right in
                if left.recordedAt != right.recordedAt { return left.recordedAt < right.recordedAt }
                return left.runID.utf8.lexicographicallyPrecedes(right.runID.utf8)
            }
        return Array(points.suffix(page.limit))
    }

    private var rows: [MemoryTables.OutcomeRow] {
        memory.read { tables in tables.outcomes.values.filter { $0.tenant == tenant } }
            .sorted { $0.outcome.runID < $1.outcome.runID }
    }

    private var decisions: [GateDecision] {
        memory.read { tables in tables.decisions.filter { $0.tenant == tenant }.map(\.record) }
    }

    private func statistics(_ isWanted: (String) -> Bool) -> [String: FactStats] {
        var scores: [String: [Double]] = [:]
        for row in rows {
            for id in row.outcome.factIDs where isWanted(id) {
                scores[id, default: []].append(row.outcome.score)
            }
        }
        return Dictionary(
            uniqueKeysWithValues: scores.map { id, scores in
                (
                    id,
                    FactStats(
                        factID: id, trials: scores.count, meanScore: scores.mean, variance: scores.variance)
                )
            })
    }
}

extension [Double] {
    /// The mean; 0 for none.
    var mean: Double { isEmpty ? 0 : reduce(0, +) / Double(count) }

    /// The sample variance; nil for fewer than two, 0 where all are equal.
    var variance: Double? {
        guard count > 1, let first else { return nil }
        if allSatisfy({ $0 == first }) { return 0 }
        let mean = mean
        return reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count - 1)
    }
}
