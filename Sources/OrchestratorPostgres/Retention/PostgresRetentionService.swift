public import FoundationEssentials
public import Orchestrator
public import PostgresWire
public import StoreContracts

/// Moves runs through the tiers in PostgreSQL, the cold one being a folder of archives.
///
/// The role is verified before the first statement, as the queue's is.
public struct PostgresRetentionService: RetentionService {
    let plane: PlatformPlane
    let archive: ColdArchive?
    let options: RetentionOptions
    /// Called at every phase of a sweep and of a restoration; what it throws ends it there.
    package var reach: @Sendable (RetentionPhase) throws -> Void = { _ in }
    /// Called after each batch that was committed, with how many runs this call has moved.
    package var moved: @Sendable (Int) -> Void = { _ in }
    /// Called in the course of a restoration, with how many bytes of the archive are read, and of how many.
    package var part: @Sendable (Int, Int) -> Void = { _, _ in }

    /// Creates a service; nothing is sent yet.
    ///
    /// - Parameters:
    ///   - client: The pool. Row-level security must not bind its role.
    ///   - archive: The folder of the cold tier; without one runs are only deleted if the options permit it.
    ///   - options: When runs move.
    ///   - storage: The schema that was migrated, and time limits.
    public init(
        _ client: PostgresClient, archive: ColdArchive?, options: RetentionOptions = RetentionOptions(),
        storage: PostgresStorageOptions = PostgresStorageOptions()
    ) {
        plane = PlatformPlane(client, storage: storage)
        self.archive = archive
        self.options = options
    }

    private var limit: Int { max(1, options.batchSize) }

    /// Marks runs as archived that finished longer ago than the hot period; returns how many.
    ///
    /// One round trip and one transaction a batch. Locks: the runs of the batch, FOR NO KEY UPDATE, and their
    /// states.
    public func archiveCompletedWorkflows() async throws(StoreError) -> Int {
        var total = 0
        while true {
            let rows = try await plane.write([
                RetentionSQL.archive(options.hotPeriod, limit: limit, plane.names)
            ])[0]
            let count = try rows.firstCell(Int.self, in: "workflow_runs") ?? 0
            total += count
            moved(total)
            if count < limit { return total }
        }
    }

    /// Moves runs that were archived longer ago than the warm period to the cold tier; returns how many.
    ///
    /// One transaction a batch, which stays open while the archives of the batch, one a tenant, are written
    /// and read back: three round trips and one for every table and tenant. Locks: the runs of the batch, FOR
    /// UPDATE.
    ///
    /// - Throws: `misconfigured` without a cold tier; `resourceExhausted` if the disk is full.
    public func deleteWarmData() async throws(StoreError) -> Int {
        guard archive != nil || options.deletesWithoutExport else {
            throw StoreError(
                .misconfigured, cause: "there is no cold tier to move runs to",
                remedy: "Name a folder for archives, or permit to delete without them.")
        }
        var total = 0
        while true {
            let count = try await transaction { connection in try await moveBatch(on: connection) }
            total += count
            moved(total)
            if count < limit { return total }
        }
    }

    /// How many runs the two sweeps would move if they began now: one statement that reads every run.
    package func countDue() async throws(StoreError) -> (toArchive: Int, toMove: Int) {
        let rows = try await plane.read(RetentionSQL.due(options, plane.names))
            .stored((Int, Int).self, in: "workflow_runs")
        return rows.first.map { ($0.0, $0.1) } ?? (0, 0)
    }

    private func moveBatch(on connection: PostgresConnection) async throws -> Int {
        let due = try await connection.collect(
            RetentionSQL.lockDue(options.warmPeriod, limit: limit, plane.names), as: (UUID, UUID).self)
        guard !due.isEmpty else { return 0 }
        try reach(.locked)
        if let archive {
            let export = ArchiveExport(archive: archive, names: plane.names, reach: reach)
            let tenants = Dictionary(grouping: due) { $0.1 }
            for (tenant, runs) in tenants.sorted(by: { $0.key.text < $1.key.text }) {
                try await export.write(runs.map { $0.0 }, of: TenantID(tenant), on: connection)
            }
        }
        _ = try await connection.batch(RetentionSQL.delete(due.map { $0.0 }, plane.names))
        try reach(.deleted)
        return due.count
    }

    /// How many runs are in which tier, at one instant: one statement that reads every run.
    public func getStorageStats() async throws(StoreError) -> StorageStats {
        let rows = try await plane.read(RetentionSQL.stats(plane.names))
            .stored((Int, Int, Int).self, in: "workflow_runs")
        guard let row = rows.first else { return StorageStats() }
        return StorageStats(hotRuns: row.0, warmRuns: row.1, coldRuns: row.2)
    }

    /// The archives of the cold tier, oldest first; none without a cold tier.
    ///
    /// Nothing is sent.
    public func listArchives() async throws(StoreError) -> [ArchiveEntry] {
        guard let archive else { return [] }
        return try await archive.listArchives()
    }

    /// Reads every archive whole and compares lengths, checksums and counts.
    ///
    /// Nothing is sent.
    public func verifyArchives() async throws(StoreError) -> [ArchiveVerdict] {
        guard let archive else { return [] }
        return try await archive.verifyArchives()
    }

    /// Brings runs of an archive back into the tables, all or the named ones, in one transaction.
    ///
    /// The archive is checked whole before anything is sent. Round trips: one or two for every table in every
    /// megabyte.
    ///
    /// - Throws: `missingRecord`, `corruptRecord`; `alreadyExists` if rows of a missing run are there.
    public func restoreArchive(
        name: String, runIDs: Set<UUID>?
    ) async throws(StoreError) -> RestoreReport {
        guard let archive else { throw StoreError(.missingRecord(table: "archives", id: name)) }
        let bytes = try await BlockingWork.run { () throws(StoreError) in try archive.checkedBytes(name) }
        let restore = ArchiveRestore(
            archive: archive, names: plane.names, name: name, wanted: runIDs.map { Array($0) }, part: part)
        return try await transaction { connection in
            let report = try await restore.run(bytes, on: connection)
            try reach(.restored)
            return report
        }
    }

    /// Runs a transaction on a connection of the platform.
    private func transaction<Result: Sendable>(
        _ body: @escaping @Sendable (PostgresConnection) async throws -> Result
    ) async throws(StoreError) -> Result {
        try await plane.verify()
        do {
            return try await plane.client.withTransaction { connection in try await body(connection) }
        } catch let error as StoreError {
            throw error
        } catch let error as PostgresError {
            throw StoreError(mapping: error)
        } catch {
            throw StoreError(.other, effect: .rolledBack, cause: String(describing: error))
        }
    }
}
