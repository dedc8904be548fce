internal import AgentMemory
internal import FoundationEssentials
internal import JSONModel
internal import PostgresWire
internal import StoreContracts

/// The statements about outcomes and decisions.
enum OutcomeSQL {
    /// The columns of a decision, in the order in which the reader takes them.
    static let decisionColumns = "id, fact_id, decision, reason, evidence, trials, gated_at, pass_id"

    /// Writes outcomes; fails with ORC04 unless all of them are the tenant's now.
    ///
    /// Locks the rows that it replaces.
    static func record(_ outcomes: [RunOutcome], _ plane: TenantPlane) -> PostgresQuery {
        """
        WITH written AS (
            INSERT INTO \(plane.names.outcomes) AS o (run_id, score, recorded_at, tenant_id)
            SELECT new.run_id, new.score,
                COALESCE(new.recorded_at, date_trunc('milliseconds', now())), \(plane.tenant.uuid)
            FROM unnest(\(outcomes.map(\.runID)), \(outcomes.map(\.score)),
                \(outcomes.map { $0.recordedAt?.memoryPrecision })) AS new (run_id, score, recorded_at)
            ON CONFLICT (run_id) DO UPDATE SET score = EXCLUDED.score, recorded_at = EXCLUDED.recorded_at
                WHERE o.tenant_id = \(plane.tenant.uuid)
            RETURNING o.run_id)
        SELECT \(plane.names.require)((SELECT count(*) FROM written) = \(outcomes.count),
            \(raw: "'\(SQLState.foreignTenant)'"), 'a run belongs to another tenant')
        """
    }

    /// Removes the facts of runs.
    static func unlink(_ outcomes: [RunOutcome], _ plane: TenantPlane) -> PostgresQuery {
        """
        DELETE FROM \(plane.names.outcomeFacts)
        WHERE run_id = ANY (\(outcomes.map(\.runID))) AND tenant_id = \(plane.tenant.uuid)
        """
    }

    /// Adds the facts of runs.
    static func link(_ outcomes: [RunOutcome], _ plane: TenantPlane) -> PostgresQuery {
        let pairs = outcomes.flatMap { run in run.factIDs.withoutRepeats.map { (run.runID, $0) } }
        return """
            INSERT INTO \(plane.names.outcomeFacts) (run_id, fact_id, tenant_id)
            SELECT new.run_id, new.fact_id, \(plane.tenant.uuid)
            FROM unnest(\(pairs.map(\.0)), \(pairs.map(\.1))) AS new (run_id, fact_id)
            """
    }

    /// Sums the scores of the runs of facts; of all facts if none is named.
    static func statistics(_ factIDs: [String]?, _ plane: TenantPlane) -> PostgresQuery {
        let wanted: PostgresQuery = factIDs.map { "AND f.fact_id = ANY (\($0))" } ?? ""
        return """
            SELECT f.fact_id, count(*), avg(o.score), var_samp(o.score), min(o.score) = max(o.score)
            FROM \(plane.names.outcomeFacts) AS f
            JOIN \(plane.names.outcomes) AS o
                ON o.run_id = f.run_id AND o.tenant_id = \(plane.tenant.uuid)
            WHERE f.tenant_id = \(plane.tenant.uuid) \(wanted)
            GROUP BY f.fact_id ORDER BY f.fact_id COLLATE "C"
            """
    }

    /// Sums the scores of all runs, or of those without a fact.
    static func baseline(_ factID: String?, _ plane: TenantPlane) -> PostgresQuery {
        let condition: PostgresQuery =
            factID.map { id in
                """
                AND NOT EXISTS (SELECT FROM \(plane.names.outcomeFacts) AS f WHERE f.run_id = o.run_id
                    AND f.fact_id = \(id) AND f.tenant_id = \(plane.tenant.uuid))
                """
            } ?? ""
        return """
            SELECT count(*), avg(o.score), var_samp(o.score), min(o.score) = max(o.score)
            FROM \(plane.names.outcomes) AS o WHERE o.tenant_id = \(plane.tenant.uuid) \(condition)
            """
    }

    /// Removes all outcomes of the tenant.
    static func clear(_ plane: TenantPlane) -> [PostgresQuery] {
        [plane.names.outcomeFacts, plane.names.outcomes].map {
            "DELETE FROM \($0) WHERE tenant_id = \(plane.tenant.uuid)"
        }
    }

    /// Appends the rows of a pass to the log.
    static func decisions(
        _ report: RetentionReport, at instant: Date?, _ plane: TenantPlane
    ) -> PostgresQuery {
        let ids = TimeOrderedIDs()
        let rows = report.rows(at: instant ?? Date(), passID: ids.next(), nextID: ids.next)
        let evidence = rows.map { $0.evidence?.json }
        return """
            INSERT INTO \(plane.names.decisions) (id, fact_id, decision, reason, evidence, trials, gated_at,
                pass_id, tenant_id)
            SELECT new.id, new.fact_id, new.decision, new.reason, new.evidence, new.trials,
                COALESCE(\(instant?.memoryPrecision), date_trunc('milliseconds', now())), new.pass_id,
                \(plane.tenant.uuid)
            FROM unnest(\(rows.map(\.id)), \(rows.map(\.factID)), \(rows.map(\.decision.rawValue)),
                \(rows.map(\.reason)), \(evidence), \(rows.map(\.trials)), \(rows.map(\.passID)))
                AS new (id, fact_id, decision, reason, evidence, trials, pass_id)
            """
    }

    /// Reads a page of the log, newest first.
    static func log(_ filter: GateDecisionFilter, _ page: Page, _ plane: TenantPlane) -> PostgresQuery {
        var condition: PostgresQuery = "tenant_id = \(plane.tenant.uuid)"
        if let fact = filter.factID { condition = "\(condition) AND fact_id = \(fact)" }
        if let verdict = filter.decision { condition = "\(condition) AND decision = \(verdict.rawValue)" }
        if let reason = filter.reason { condition = "\(condition) AND reason = \(reason)" }
        if let since = filter.since { condition = "\(condition) AND gated_at >= \(since)" }
        return """
            SELECT \(raw: decisionColumns) FROM \(plane.names.decisions)
            WHERE \(condition) \(page.condition(on: "gated_at", .newestFirst))
            \(page.end(by: "gated_at", .newestFirst))
            """
    }

    /// Reads what was decided about a fact, oldest first.
    static func history(_ factID: String, _ plane: TenantPlane) -> PostgresQuery {
        """
        SELECT \(raw: decisionColumns) FROM \(plane.names.decisions)
        WHERE tenant_id = \(plane.tenant.uuid) AND fact_id = \(factID) ORDER BY gated_at, id
        """
    }

    /// Reads the newest scores, oldest first.
    static func trend(_ since: Date?, _ limit: Int, _ plane: TenantPlane) -> PostgresQuery {
        let condition: PostgresQuery = since.map { "AND recorded_at >= \($0)" } ?? ""
        return """
            SELECT run_id, score, recorded_at FROM (
                SELECT run_id, score, recorded_at FROM \(plane.names.outcomes)
                WHERE tenant_id = \(plane.tenant.uuid) \(condition)
                ORDER BY recorded_at DESC, run_id COLLATE "C" DESC LIMIT \(limit)) AS newest
            ORDER BY recorded_at, run_id COLLATE "C"
            """
    }
}
