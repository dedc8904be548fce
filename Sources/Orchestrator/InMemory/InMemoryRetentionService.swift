public import FoundationEssentials
public import StoreContracts

/// Moves runs through the tiers in memory, with the semantics of the PostgreSQL service.
///
/// Archives are kept beside the tables, and go with the store.
public struct InMemoryRetentionService: RetentionService {
    /// The rows, shared with the other in-memory adapters.
    public let store: InMemoryStore
    private let options: RetentionOptions

    /// Creates a service on a store; one without a store gets an empty one of its own.
    public init(
        store: InMemoryStore = InMemoryStore(), options: RetentionOptions = RetentionOptions()
    ) {
        self.store = store
        self.options = options
    }

    /// Marks runs as archived that finished longer ago than the hot period; returns how many.
    public func archiveCompletedWorkflows() async throws(StoreError) -> Int {
        let limit = options.hotPeriod.wireSeconds
        return store.write { tables, now in
            let due = tables.settledRuns.filter { run in
                let age = run.completedAt.map { now.timeIntervalSince($0) } ?? 0
                return run.archivedAt == nil && age > limit
            }
            for run in due { tables.runs[run.id]?.archivedAt = now }
            return due.count
        }
    }

    /// Moves runs that were archived longer ago than the warm period to the cold tier; returns how many.
    public func deleteWarmData() async throws(StoreError) -> Int {
        let limit = options.warmPeriod.wireSeconds
        return store.write { tables, now in
            let due = tables.settledRuns.filter { run in
                guard let archivedAt = run.archivedAt else { return false }
                let isCurrent = run.completedAt.map { $0 <= archivedAt } ?? true
                return isCurrent && now.timeIntervalSince(archivedAt) > limit
            }
            for (tenant, runs) in Dictionary(grouping: due, by: \.tenantID) {
                let name = "\(tenant.text)-\(UUID().text)"
                for run in runs { tables.freeze(run, in: name, now: now) }
            }
            return due.count
        }
    }

    /// How many runs are in which tier, at one instant.
    public func getStorageStats() async throws(StoreError) -> StorageStats {
        store.read { tables, _ in
            var stats = StorageStats()
            for run in tables.runs.values {
                if run.status?.isTerminal != true {
                    stats.hotRuns += 1
                } else if run.archivedAt == nil {
                    stats.warmRuns += 1
                } else {
                    stats.coldRuns += 1
                }
            }
            return stats
        }
    }

    /// The archives, oldest first.
    public func listArchives() async throws(StoreError) -> [ArchiveEntry] {
        let cold = store.read { tables, _ in tables.coldRuns }
        return Dictionary(grouping: cold, by: \.archive).compactMap { name, runs in
            guard let first = runs.first else { return nil }
            return ArchiveEntry(
                name: name, tenantID: first.run.tenantID, createdAt: first.frozenAt, runs: runs.count,
                rows: runs.reduce(Set(runs.compactMap(\.graph?.id)).count) { $0 + $1.rowCount }, bytes: 0)
        }.sorted { ($0.createdAt, $0.name) < ($1.createdAt, $1.name) }
    }

    /// Every archive is whole in memory.
    public func verifyArchives() async throws(StoreError) -> [ArchiveVerdict] {
        try await listArchives().map { ArchiveVerdict(name: $0.name, problem: nil) }
            .sorted { $0.name < $1.name }
    }

    /// Brings runs of an archive back into the tables, all or the named ones.
    public func restoreArchive(
        name: String, runIDs: Set<UUID>?
    ) async throws(StoreError) -> RestoreReport {
        try store.write { (tables, now) throws(StoreError) in
            let cold = tables.coldRuns.filter { $0.archive == name }
            guard !cold.isEmpty else { throw StoreError(.missingRecord(table: "archives", id: name)) }
            let wanted = cold.filter { runIDs?.contains($0.run.id) ?? true }
            let missing = wanted.filter { tables.runs[$0.run.id] == nil }
            for run in missing { tables.thaw(run, now: now) }
            for run in missing { tables.relink(run) }
            return RestoreReport(restored: missing.count, alreadyPresent: wanted.count - missing.count)
        }
    }
}
