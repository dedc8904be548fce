public import Orchestrator
public import PostgresWire
public import StoreContracts

/// Records usage in PostgreSQL.
///
/// Every call is one transaction and one network round trip; a refused record costs more, to find out why.
/// Instants are the server's.
public struct PostgresUsageRecorder: UsageRecorder {
    let plane: TenantPlane

    /// Creates a recorder; nothing is sent yet.
    ///
    /// - Parameters:
    ///   - client: The pool. Its role may be the owner of the tables, or a member of `cycgraph_app`.
    ///   - tenant: Whose usage it records and sums.
    ///   - storage: The schema that was migrated, and time limits.
    public init(
        _ client: PostgresClient, tenant: TenantID = .seed,
        storage: PostgresStorageOptions = PostgresStorageOptions()
    ) {
        plane = TenantPlane(client, tenant: tenant, storage: storage)
    }

    /// Stores records, all or none; returns how many were new.
    ///
    /// Locks: runs, graphs and keys of new records, FOR KEY SHARE.
    ///
    /// - Throws: `alreadyExists`, `missingRunRecord`, `missingGraph`, `missingRecord`, `tenantConflict`,
    ///   `invalidArgument`.
    @discardableResult
    public func record(_ records: [UsageRecord]) async throws(StoreError) -> Int {
        for record in records { try record.validate() }
        let records = try records.map(\.stored).withoutRepeats()
        guard !records.isEmpty else { return 0 }
        do {
            return try await plane.run([
                UsageSQL.requireOwn(records, plane), UsageSQL.insert(records, plane),
                UsageSQL.requireSame(records, plane),
            ])[1].count
        } catch {
            switch error.sqlState {
            case SQLState.foreignKeyViolation:
                throw try await UsageDiagnosis(plane).missing(in: records) ?? plane.mapped(error)
            case SQLState.foreignTenant, SQLState.contentDiffers:
                throw try await UsageDiagnosis(plane).objection(to: records) ?? plane.mapped(error)
            default: throw plane.mapped(error)
            }
        }
    }

    /// The sums of all records that pass the filter; zeros if none does.
    ///
    /// - Throws: `corruptRecord` if something else stored a cost that is no number.
    public func totals(_ filter: UsageFilter) async throws(StoreError) -> UsageTotals {
        let rows = try await plane.read(UsageSQL.totals(filter, plane))
            .stored((Int, Int, Int, PostgresNumeric).self, in: "usage_records")
        guard let row = rows.first else { return UsageTotals() }
        return try UsageTotals(row.0, row.1, row.2, row.3)
    }

    /// The sums of the records that pass the filter, dearest first, then by key.
    ///
    /// - Throws: `corruptRecord` if something else stored a cost that is no number; `invalidArgument` for a
    ///   negative limit.
    public func totals(
        by grouping: UsageGrouping, _ filter: UsageFilter, limit: Int
    ) async throws(StoreError) -> [UsageGroup] {
        let page = try Page(limit: limit)
        let rows = try await plane.read(UsageSQL.groups(grouping, filter, limit: page.limit, plane))
            .stored((String?, Int, Int, Int, PostgresNumeric).self, in: "usage_records")
        var groups: [UsageGroup] = []
        for row in rows {
            groups.append(UsageGroup(key: row.0, totals: try UsageTotals(row.1, row.2, row.3, row.4)))
        }
        return groups
    }

    /// The records that pass the filter, newest first, then by id descending.
    ///
    /// - Throws: `corruptRecord`.
    public func listUsage(_ page: Page, filter: UsageFilter) async throws(StoreError) -> [UsageRecord] {
        try UsageRecord.read(try await plane.read(UsageSQL.list(page, filter, plane)))
    }
}
