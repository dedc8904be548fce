internal import FoundationEssentials
internal import JSONModel
internal import Orchestrator
internal import PostgresWire
internal import StoreContracts

/// The statements about usage.
enum UsageSQL {
    /// The columns of a record, in the order in which `UsageRecord.read(_:)` takes them.
    static let columns = """
        id, run_id, api_key_id, graph_id, input_tokens, output_tokens, cost_usd, model_breakdown, duration_ms,
        created_at
        """

    /// Fails with ORC04 if new records name runs, graphs or keys that are not there or not the tenant's.
    ///
    /// Records that are stored already are not looked at: what they name may have been deleted since.
    static func requireOwn(_ records: [UsageRecord], _ plane: TenantPlane) -> PostgresQuery {
        """
        SELECT \(plane.names.require)(NOT EXISTS (
            SELECT FROM \(rows(records))
            WHERE (new.run_id IS NOT NULL AND NOT EXISTS (SELECT FROM \(plane.names.runs) AS r
                    WHERE r.id = new.run_id AND r.tenant_id = \(plane.tenant.uuid))
                OR new.graph_id IS NOT NULL AND NOT EXISTS (SELECT FROM \(plane.names.graphs) AS g
                    WHERE g.id = new.graph_id AND g.tenant_id = \(plane.tenant.uuid))
                OR new.api_key_id IS NOT NULL AND NOT EXISTS (SELECT FROM \(plane.names.apiKeys) AS k
                    WHERE k.id = new.api_key_id
                        AND (k.tenant_id IS NULL OR k.tenant_id = \(plane.tenant.uuid))))
                AND NOT EXISTS (SELECT FROM \(plane.names.usage) AS u WHERE u.id = new.id
                    AND u.tenant_id = \(plane.tenant.uuid))),
            \(raw: "'\(SQLState.foreignTenant)'"), 'a record names something that is not this tenant''s')
        """
    }

    /// Adds the records that are new; returns their ids.
    ///
    /// Locks the rows of runs, graphs and keys FOR KEY SHARE, by the foreign keys.
    static func insert(_ records: [UsageRecord], _ plane: TenantPlane) -> PostgresQuery {
        """
        INSERT INTO \(plane.names.usage) (id, run_id, api_key_id, graph_id, input_tokens, output_tokens,
            cost_usd, model_breakdown, duration_ms, tenant_id)
        SELECT new.id, new.run_id, new.api_key_id, new.graph_id, new.input_tokens, new.output_tokens,
            new.microdollars::numeric / 1000000, new.model_breakdown, new.duration_ms, \(plane.tenant.uuid)
        FROM \(rows(records))
        ON CONFLICT (id) DO NOTHING
        RETURNING id
        """
    }

    /// Fails with ORC06 unless every record is stored for the tenant with this content.
    static func requireSame(_ records: [UsageRecord], _ plane: TenantPlane) -> PostgresQuery {
        """
        SELECT \(plane.names.require)(NOT EXISTS (
            SELECT FROM \(rows(records))
            LEFT JOIN \(plane.names.usage) AS u ON u.id = new.id AND u.tenant_id = \(plane.tenant.uuid)
            WHERE u.id IS NULL OR (COALESCE(u.run_id, new.run_id), u.api_key_id,
                COALESCE(u.graph_id, new.graph_id), u.input_tokens::int8, u.output_tokens::int8, u.cost_usd * 1000000, u.model_breakdown,
                u.duration_ms::int8)
                IS DISTINCT FROM (new.run_id, new.api_key_id, new.graph_id, new.input_tokens,
                    new.output_tokens, new.microdollars::numeric, new.model_breakdown, new.duration_ms)),
            \(raw: "'\(SQLState.contentDiffers)'"), 'other content is stored under an id of these records')
        """
    }

    /// Reads the tenant's records with these ids.
    static func stored(_ ids: [UUID], _ plane: TenantPlane) -> PostgresQuery {
        """
        SELECT \(raw: columns) FROM \(plane.names.usage)
        WHERE id = ANY (\(ids)) AND tenant_id = \(plane.tenant.uuid)
        """
    }

    /// Reads a page of records, newest first.
    static func list(_ page: Page, _ filter: UsageFilter, _ plane: TenantPlane) -> PostgresQuery {
        """
        SELECT \(raw: columns) FROM \(plane.names.usage) AS u
        WHERE \(condition(filter, plane)) \(page.condition(on: "created_at", .newestFirst))
        \(page.end(by: "created_at", .newestFirst))
        """
    }

    /// Sums records.
    static func totals(_ filter: UsageFilter, _ plane: TenantPlane) -> PostgresQuery {
        """
        SELECT count(*), COALESCE(sum(input_tokens), 0)::int8, COALESCE(sum(output_tokens), 0)::int8,
            COALESCE(sum(cost_usd), 0)
        FROM \(plane.names.usage) AS u WHERE \(condition(filter, plane))
        """
    }

    /// Sums records by a column, or their parts by model.
    static func groups(
        _ grouping: UsageGrouping, _ filter: UsageFilter, limit: Int, _ plane: TenantPlane
    ) -> PostgresQuery {
        let sums: PostgresQuery
        switch grouping {
        case .run: sums = columnSums("run_id", filter, plane)
        case .graph: sums = columnSums("graph_id", filter, plane)
        case .apiKey: sums = columnSums("api_key_id", filter, plane)
        case .model: sums = modelSums(filter, plane)
        }
        return """
            SELECT key, number, input, output, cost FROM (\(sums)) AS sums
            ORDER BY cost DESC, key COLLATE "C" NULLS LAST LIMIT \(limit)
            """
    }

    private static func columnSums(
        _ column: String, _ filter: UsageFilter, _ plane: TenantPlane
    ) -> PostgresQuery {
        """
        SELECT u.\(raw: column)::text AS key, count(*) AS number, sum(input_tokens)::int8 AS input,
            sum(output_tokens)::int8 AS output, sum(cost_usd) AS cost
        FROM \(plane.names.usage) AS u WHERE \(condition(filter, plane)) GROUP BY 1
        """
    }

    /// Each part's cost is rounded to a millionth, halves away from zero; what is no number counts as
    /// nothing.
    private static func modelSums(_ filter: UsageFilter, _ plane: TenantPlane) -> PostgresQuery {
        """
        SELECT part.key, sum(\(number("calls")))::int8 AS number,
            sum(\(number("input_tokens")))::int8 AS input,
            sum(\(number("output_tokens")))::int8 AS output,
            sum(round(\(number("cost_usd")), 6)) AS cost
        FROM \(plane.names.usage) AS u
        CROSS JOIN LATERAL jsonb_each(CASE jsonb_typeof(u.model_breakdown) WHEN 'object'
            THEN u.model_breakdown ELSE '{}' END) AS part (key, value)
        WHERE \(condition(filter, plane)) GROUP BY part.key
        """
    }

    private static func number(_ key: String) -> PostgresQuery {
        """
        CASE jsonb_typeof(part.value -> \(raw: "'\(key)'")) WHEN 'number'
            THEN (part.value ->> \(raw: "'\(key)'"))::numeric ELSE 0 END
        """
    }

    private static func condition(_ filter: UsageFilter, _ plane: TenantPlane) -> PostgresQuery {
        var query: PostgresQuery = "u.tenant_id = \(plane.tenant.uuid)"
        if let run = filter.runID { query = "\(query) AND u.run_id = \(run)" }
        if let graph = filter.graphID { query = "\(query) AND u.graph_id = \(graph)" }
        if let key = filter.apiKeyID { query = "\(query) AND u.api_key_id = \(key)" }
        if let since = filter.since { query = "\(query) AND u.created_at >= \(since)" }
        if let until = filter.until { query = "\(query) AND u.created_at < \(until)" }
        return query
    }

    private static func rows(_ records: [UsageRecord]) -> PostgresQuery {
        let durations: [Int?] = records.map { record in record.duration.map { Int($0.milliseconds) } }
        return """
            unnest(\(records.map(\.id)), \(records.map(\.runID)), \(records.map(\.apiKeyID)),
                \(records.map(\.graphID)), \(records.map(\.inputTokens)), \(records.map(\.outputTokens)),
                \(records.map(\.cost.microdollars)), \(records.map { $0.modelBreakdown?.json }),
                \(durations))
                AS new (id, run_id, api_key_id, graph_id, input_tokens, output_tokens, microdollars,
                    model_breakdown, duration_ms)
            """
    }
}
