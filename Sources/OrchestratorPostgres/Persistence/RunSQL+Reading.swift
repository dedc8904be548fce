internal import FoundationEssentials
internal import Orchestrator
internal import PostgresWire
internal import StoreContracts

extension RunSQL {
    /// Reads a run.
    static func load(_ id: UUID, _ plane: TenantPlane) -> PostgresQuery {
        """
        SELECT \(raw: columns) FROM \(plane.names.runs)
        WHERE id = \(id) AND tenant_id = \(plane.tenant.uuid)
        """
    }

    /// Reads a page of runs, newest first.
    static func list(_ page: Page, _ filter: RunFilter, _ plane: TenantPlane) -> PostgresQuery {
        """
        SELECT \(raw: columns) FROM \(plane.names.runs)
        WHERE tenant_id = \(plane.tenant.uuid) \(condition(filter))
            \(page.condition(on: "created_at", .newestFirst))
        \(page.end(by: "created_at", .newestFirst))
        """
    }

    private static func condition(_ filter: RunFilter) -> PostgresQuery {
        var query: PostgresQuery = ""
        if let status = filter.status { query = "\(query) AND status = \(status.rawValue)" }
        if let graph = filter.graphID { query = "\(query) AND graph_id = \(graph)" }
        if let kind = filter.kind { query = "\(query) AND run_kind = \(kind.rawValue)" }
        if let parent = filter.parentRunID { query = "\(query) AND parent_run_id = \(parent)" }
        if let group = filter.forkGroupID { query = "\(query) AND fork_group_id = \(group)" }
        return query
    }

    /// Records where a run comes from, if the parent is the tenant's too.
    ///
    /// Locks the run's row.
    static func saveLineage(_ write: RunWrite, _ lineage: RunLineage, _ plane: TenantPlane) -> PostgresQuery {
        let mutations = lineage.forkMutations.map { JSONValue.array($0).storable }
        return """
            UPDATE \(plane.names.runs) AS r SET run_kind = \(lineage.kind.rawValue),
                parent_run_id = \(lineage.parentRunID), fork_sequence_id = \(lineage.forkSequenceID),
                fork_mutations = \(mutations), fork_group_id = \(lineage.forkGroupID)
            WHERE r.id = \(write.runID) AND r.tenant_id = \(plane.tenant.uuid)
                AND (\(write.claim?.epoch) IS NULL OR r.claim_epoch = \(write.claim?.epoch))
                AND (\(lineage.parentRunID) IS NULL OR EXISTS (SELECT FROM \(plane.names.runs) AS parent
                    WHERE parent.id = \(lineage.parentRunID) AND parent.tenant_id = \(plane.tenant.uuid)))
            RETURNING r.id
            """
    }

    /// Records where a run comes from; fails with ORC05 unless the parent is the tenant's too.
    ///
    /// The transaction must hold the lock of the run's row.
    static func requireLineage(
        _ write: RunWrite, _ lineage: RunLineage, _ plane: TenantPlane
    ) -> PostgresQuery {
        """
        WITH changed AS (\(saveLineage(write, lineage, plane)))
        SELECT \(plane.names.require)(EXISTS (SELECT FROM changed), \(raw: "'\(SQLState.requestRefused)'"),
            'the parent is no run of this tenant')
        """
    }

    /// Wakes the paused jobs of a live run that is to be cancelled, since nobody claims them.
    ///
    /// Locks the jobs.
    static func wakePausedJobs(_ id: UUID, _ plane: TenantPlane) -> PostgresQuery {
        """
        UPDATE \(plane.names.jobs) SET status = 'waiting', visible_at = NULL
        WHERE run_id = \(id) AND tenant_id = \(plane.tenant.uuid) AND status = 'paused'
            AND EXISTS (SELECT FROM \(plane.names.runs) WHERE id = \(id)
                AND tenant_id = \(plane.tenant.uuid) AND status <> ALL (\(terminal)))
        """
    }

    /// Notes that somebody asked for a run to be cancelled.
    ///
    /// Locks the run's row.
    static func requestCancel(_ id: UUID, _ plane: TenantPlane) -> PostgresQuery {
        """
        UPDATE \(plane.names.runs) SET cancel_requested_at = COALESCE(cancel_requested_at, now())
        WHERE id = \(id) AND tenant_id = \(plane.tenant.uuid) AND status <> ALL (\(terminal))
        RETURNING id
        """
    }

    private static let terminal = WorkflowStatus.allCases.filter(\.isTerminal).map(\.rawValue)
}
