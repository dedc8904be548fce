public import FoundationEssentials
public import StoreContracts

/// Records what work has used, and sums it.
///
/// A recorder is made for one tenant (the seed tenant if none is named); sums never span tenants. Costs are
/// exact to a millionth of a dollar.
///
/// On PostgreSQL every call is one transaction and one network round trip; a refused record costs more, to
/// find out why.
public protocol UsageRecorder: Sendable {
    /// Stores records, all or none; returns how many were new.
    ///
    /// A record whose id is stored with the same content counts as stored, so a retry after a lost answer
    /// bills once. Locks: only what the foreign keys of new rows take (`FOR KEY SHARE` on run, graph and
    /// key). One statement for all.
    ///
    /// - Throws: `alreadyExists` (table `usage_records`) if other content is stored under an id;
    ///   `missingRunRecord` (table `usage_records`), `missingGraph`, `missingRecord` (table `api_keys`);
    ///   `tenantConflict` where an id is another tenant's; `invalidArgument` for costs outside 0 to
    ///   9,999.999999 and counts beyond four bytes.
    @discardableResult
    func record(_ records: [UsageRecord]) async throws(StoreError) -> Int

    /// The sums of all records that pass the filter; zeros if none does.
    func totals(_ filter: UsageFilter) async throws(StoreError) -> UsageTotals

    /// The sums of the records that pass the filter, by what the grouping says.
    ///
    /// Order: dearest first, then by key, usage without a key last. At most `limit` groups, which is at least
    /// 0.
    func totals(
        by grouping: UsageGrouping, _ filter: UsageFilter, limit: Int
    ) async throws(StoreError) -> [UsageGroup]

    /// The records that pass the filter, newest first, then by id descending.
    ///
    /// - Throws: `corruptRecord` if a row was written by something else and cannot be read.
    func listUsage(_ page: Page, filter: UsageFilter) async throws(StoreError) -> [UsageRecord]
}

extension UsageRecorder {
    /// Stores one record; false if it was stored before.
    @discardableResult
    public func record(_ record: UsageRecord) async throws(StoreError) -> Bool {
        try await self.record([record]) == 1
    }

    /// Stores one record, as `record(_:)`.
    public func saveUsageRecord(_ record: UsageRecord) async throws(StoreError) {
        _ = try await self.record([record])
    }

    /// The sum of all records; zeros if there is none.
    public func totals() async throws(StoreError) -> UsageTotals { try await totals(UsageFilter()) }

    /// The sums by what the grouping says, of the dearest thousand.
    public func totals(
        by grouping: UsageGrouping, _ filter: UsageFilter = UsageFilter()
    ) async throws(StoreError) -> [UsageGroup] {
        try await totals(by: grouping, filter, limit: 1000)
    }

    /// What was spent at an instant or later, exactly; zero if nothing was.
    public func sumCostSince(_ instant: Date) async throws(StoreError) -> USDAmount {
        try await totals(UsageFilter(since: instant)).cost
    }

    /// The newest records, 100 unless the page says otherwise.
    public func listUsage(_ page: Page = .first) async throws(StoreError) -> [UsageRecord] {
        try await listUsage(page, filter: UsageFilter())
    }
}
