public import AgentMemory
public import FoundationEssentials
internal import JSONModel
public import PostgresWire
public import StoreContracts

/// Records in PostgreSQL how runs did, and what the gate decided.
///
/// Every call is one transaction and one network round trip; a refused record costs another, to find out why.
public struct PostgresOutcomeLedger: OutcomeLedger {
    let plane: TenantPlane

    /// Creates a ledger; nothing is sent yet.
    ///
    /// - Parameters:
    ///   - client: The pool. Its role may be the owner of the tables, or a member of `cycgraph_app`.
    ///   - tenant: Whose outcomes it records.
    ///   - storage: The schema that was migrated, and time limits.
    public init(
        _ client: PostgresClient, tenant: TenantID = .seed,
        storage: PostgresStorageOptions = PostgresStorageOptions()
    ) {
        plane = TenantPlane(client, tenant: tenant, storage: storage)
    }

    /// Records outcomes; one of a run that is recorded replaces it.
    ///
    /// Safe to repeat.
    ///
    /// Locks: the runs' rows.
    ///
    /// - Throws: `invalidArgument`, `tenantConflict`.
    public func recordOutcomes(_ outcomes: [RunOutcome]) async throws(StoreError) {
        for outcome in outcomes { try outcome.validate() }
        var last: [String: RunOutcome] = [:]
        for outcome in outcomes { last[outcome.runID] = outcome }
        let records = last.values.sorted { $0.runID < $1.runID }
        guard !records.isEmpty else { return }
        do {
            _ = try await plane.run([
                OutcomeSQL.record(records, plane), OutcomeSQL.unlink(records, plane),
                OutcomeSQL.link(records, plane),
            ])
        } catch {
            switch error.sqlState {
            case SQLState.foreignTenant, SQLState.insufficientPrivilege:
                let own = try await plane.read(
                    """
                    SELECT run_id FROM \(plane.names.outcomes) WHERE tenant_id = \(plane.tenant.uuid)
                        AND run_id = ANY (\(records.map(\.runID)))
                    """
                ).stored(String.self, in: "run_outcomes")
                guard let first = records.first(where: { !own.contains($0.runID) }) else {
                    throw plane.mapped(error)
                }
                throw StoreError(
                    .tenantConflict(table: "run_outcomes", id: first.runID), effect: .rolledBack,
                    cause: error.description)
            default: throw plane.mapped(error)
            }
        }
    }

    /// The sums of the runs of some facts: one statement.
    ///
    /// - Throws: `corruptRecord`.
    public func getFactStatsBatch(_ factIDs: [String]) async throws(StoreError) -> [String: FactStats] {
        guard !factIDs.isEmpty else { return [:] }
        let stats = try Self.statistics(try await plane.read(OutcomeSQL.statistics(factIDs, plane)))
        return Dictionary(stats.map { ($0.factID, $0) }) { first, _ in first }
    }

    /// The sums of every fact that a run was given.
    ///
    /// - Throws: `corruptRecord`.
    public func listFactStats() async throws(StoreError) -> [FactStats] {
        try Self.statistics(try await plane.read(OutcomeSQL.statistics(nil, plane)))
    }

    /// The sums of all runs, or of those that were not given `factID`.
    ///
    /// - Throws: `corruptRecord`.
    public func getBaseline(excluding factID: String?) async throws(StoreError) -> OutcomeBaseline {
        try Self.baseline(try await plane.read(OutcomeSQL.baseline(factID, plane)))
    }

    /// What the gate decides on for each of some facts: two statements in one round trip, however many facts.
    ///
    /// - Throws: `corruptRecord`.
    public func gateInputs(_ factIDs: [String]) async throws(StoreError) -> [String: GateInput] {
        guard !factIDs.isEmpty else { return [:] }
        let rows: [PostgresRows]
        do {
            rows = try await plane.run([
                OutcomeSQL.baseline(nil, plane), OutcomeSQL.statistics(factIDs, plane),
            ])
        } catch {
            throw StoreError(mapping: error, isRead: true)
        }
        let all = try Self.baseline(rows[0])
        let stats = Dictionary(try Self.statistics(rows[1]).map { ($0.factID, $0) }) { first, _ in first }
        return Dictionary(
            factIDs.map {
                ($0, GateInput(stats: stats[$0], baseline: OutcomeBaseline(all: all, without: stats[$0])))
            }, uniquingKeysWith: { first, _ in first })
    }

    /// Removes all outcomes.
    public func clear() async throws(StoreError) {
        _ = try await plane.write(OutcomeSQL.clear(plane))
    }

    /// Appends a pass to the log.
    public func recordGateDecisions(_ report: RetentionReport, at instant: Date?) async throws(StoreError) {
        guard !report.isEmpty else { return }
        _ = try await plane.write([OutcomeSQL.decisions(report, at: instant, plane)])
    }

    /// A part of the log, newest first, then by id descending.
    ///
    /// - Throws: `corruptRecord`.
    public func listGateDecisions(
        _ filter: GateDecisionFilter, _ page: Page
    ) async throws(StoreError) -> [GateDecision] {
        try Self.decisions(try await plane.read(OutcomeSQL.log(filter, page, plane)))
    }

    /// Everything that was decided about a fact, oldest first.
    ///
    /// - Throws: `corruptRecord`.
    public func getLessonHistory(factID: String) async throws(StoreError) -> [GateDecision] {
        try Self.decisions(try await plane.read(OutcomeSQL.history(factID, plane)))
    }

    /// The newest scores, oldest first.
    ///
    /// - Throws: `corruptRecord`; `invalidArgument` for a negative limit.
    public func getFitnessTrend(since: Date?, limit: Int) async throws(StoreError) -> [FitnessPoint] {
        let page = try Page(limit: limit)
        return try await plane.read(OutcomeSQL.trend(since, page.limit, plane))
            .stored((String, Double, Date).self, in: "run_outcomes")
            .map { FitnessPoint(runID: $0.0, score: $0.1, recordedAt: $0.2) }
    }

    private static func statistics(_ rows: PostgresRows) throws(StoreError) -> [FactStats] {
        try rows.stored((String, Int, Double, Double?, Bool).self, in: "run_outcomes").map {
            FactStats(
                factID: $0.0, trials: $0.1, meanScore: $0.2, variance: $0.4 ? $0.3.map { _ in 0 } : $0.3)
        }
    }

    private static func baseline(_ rows: PostgresRows) throws(StoreError) -> OutcomeBaseline {
        let sums = try rows.stored((Int, Double?, Double?, Bool?).self, in: "run_outcomes")
        guard let row = sums.first else { return OutcomeBaseline(runs: 0, meanScore: 0, variance: nil) }
        // Equal scores vary by nothing, whatever rounding makes of their sums.
        let variance = row.3 == true ? row.2.map { _ in 0 } : row.2
        return OutcomeBaseline(runs: row.0, meanScore: row.1 ?? 0, variance: variance)
    }

    private static func decisions(_ rows: PostgresRows) throws(StoreError) -> [GateDecision] {
        let tuples = try rows.stored(
            (UUID, String, String, String?, JSONValue?, Int?, Date, UUID?).self, in: "gate_decisions")
        var decisions: [GateDecision] = []
        for row in tuples {
            guard let verdict = GateDecision.Verdict(rawValue: row.2) else {
                throw StoreError(
                    .corruptRecord(table: "gate_decisions", id: row.0.text),
                    cause: "its decision is none of promoted, evicted and held")
            }
            decisions.append(
                GateDecision(
                    id: row.0, factID: row.1, decision: verdict, reason: row.3,
                    evidence: row.4.flatMap { GateEvidence(json: $0) }, trials: row.5, gatedAt: row.6,
                    passID: row.7))
        }
        return decisions
    }
}
