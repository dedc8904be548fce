import FoundationEssentials
public import StoreContracts

/// Records usage in memory, with the semantics of the PostgreSQL recorder.
public struct InMemoryUsageRecorder: UsageRecorder {
    /// The rows, shared with the other in-memory adapters.
    public let store: InMemoryStore
    private let tenant: TenantID

    /// Creates a recorder on a store; one without a store gets an empty one of its own.
    public init(store: InMemoryStore = InMemoryStore(), tenant: TenantID = .seed) {
        self.store = store
        self.tenant = tenant
    }

    /// Stores records, all or none; returns how many were new.
    @discardableResult
    public func record(_ records: [UsageRecord]) async throws(StoreError) -> Int {
        for record in records { try record.validate() }
        return try store.write { (tables, now) throws(StoreError) in
            try tables.recordUsage(records.map(\.stored), tenant: tenant, now: now)
        }
    }

    /// The sums of all records that pass the filter; zeros if none does.
    public func totals(_ filter: UsageFilter) async throws(StoreError) -> UsageTotals {
        var totals = UsageTotals()
        for row in rows(filter) { totals.add(1, row.inputTokens, row.outputTokens, row.cost) }
        return totals
    }

    /// The sums of the records that pass the filter, dearest first, then by key.
    public func totals(
        by grouping: UsageGrouping, _ filter: UsageFilter, limit: Int
    ) async throws(StoreError) -> [UsageGroup] {
        let page = try Page(limit: limit)
        var sums: [String?: UsageTotals] = [:]
        for row in rows(filter) {
            for part in row.parts(by: grouping) {
                sums[part.key, default: UsageTotals()].add(
                    part.totals.count, part.totals.inputTokens, part.totals.outputTokens, part.totals.cost)
            }
        }
        let groups = sums.map { UsageGroup(key: $0.key, totals: $0.value) }
        return Array(groups.sorted { $0.precedes($1) }.prefix(page.limit))
    }

    /// The records that pass the filter, newest first, then by id descending.
    public func listUsage(_ page: Page, filter: UsageFilter) async throws(StoreError) -> [UsageRecord] {
        page.select(from: rows(filter)) { PageCursor(instant: $0.createdAt ?? .distantPast, id: $0.id) }
    }

    private func rows(_ filter: UsageFilter) -> [UsageRecord] {
        store.read { tables, _ in
            tables.usage.values.filter { $0.tenantID == tenant && filter.admits($0.record) }.map(\.record)
        }
    }
}

extension UsageFilter {
    /// Whether a stored record passes.
    fileprivate func admits(_ record: UsageRecord) -> Bool {
        if let runID, record.runID != runID { return false }
        if let graphID, record.graphID != graphID { return false }
        if let apiKeyID, record.apiKeyID != apiKeyID { return false }
        let instant = record.createdAt ?? .distantPast
        if let since, instant < since { return false }
        if let until, instant >= until { return false }
        return true
    }
}

extension UsageRecord {
    /// What the record adds to which groups.
    fileprivate func parts(by grouping: UsageGrouping) -> [UsageGroup] {
        let whole = UsageTotals(count: 1, inputTokens: inputTokens, outputTokens: outputTokens, cost: cost)
        switch grouping {
        case .run: return [UsageGroup(key: runID?.text, totals: whole)]
        case .graph: return [UsageGroup(key: graphID?.text, totals: whole)]
        case .apiKey: return [UsageGroup(key: apiKeyID?.text, totals: whole)]
        case .model:
            return (modelBreakdown ?? [:]).map { model, usage in
                UsageGroup(
                    key: model,
                    totals: UsageTotals(
                        count: usage.calls, inputTokens: usage.inputTokens, outputTokens: usage.outputTokens,
                        cost: USDAmount(usage.costUSD) ?? .zero))
            }
        }
    }
}

extension UsageGroup {
    fileprivate func precedes(_ other: UsageGroup) -> Bool {
        if totals.cost != other.totals.cost { return totals.cost > other.totals.cost }
        guard let key else { return false }
        guard let theirs = other.key else { return true }
        return key.utf8.lexicographicallyPrecedes(theirs.utf8)
    }
}
