public import FoundationEssentials
public import StoreContracts

/// Moves finished runs through the tiers: hot and warm in the tables, then out of them into archives.
///
/// A service spans tenants: on PostgreSQL it belongs on a connection that row-level security does not bind.
/// The store's clock decides about age. A run that is not finished is never moved, nor one with a job that
/// waits or is executed. Sweeps may run in several places at once; each run is moved by one of them.
public protocol RetentionService: Sendable {
    /// Marks runs as archived that finished longer ago than the hot period; returns how many.
    ///
    /// In batches, each a transaction and a round trip; a call that fails has archived whole batches. Locks:
    /// the runs of a batch; runs that others have locked are left for the next sweep.
    func archiveCompletedWorkflows() async throws(StoreError) -> Int

    /// Moves runs that were archived longer ago than the warm period to the cold tier; returns how many.
    ///
    /// A run leaves the tables with its states, events, checkpoints and jobs, in the transaction in which its
    /// archive was written, so that it is in one of both whenever the program ends; what it cost stays,
    /// without the run's id.
    ///
    /// - Throws: `misconfigured` if there is no cold tier and the options do not permit to delete without
    ///   one.
    func deleteWarmData() async throws(StoreError) -> Int

    /// How many runs are in which tier, at one instant.
    func getStorageStats() async throws(StoreError) -> StorageStats

    /// The archives of the cold tier, oldest first.
    func listArchives() async throws(StoreError) -> [ArchiveEntry]

    /// Looks at every archive, and at what looks like one and is not listed, by name.
    func verifyArchives() async throws(StoreError) -> [ArchiveVerdict]

    /// Brings runs of an archive back into the tables, all or the named ones, in one transaction.
    ///
    /// They come back archived as of now, with their costs; links to parents and children are set where these
    /// are there. The archive stays. Runs that are in the tables are left as they are.
    ///
    /// - Throws: `missingRecord` (table `archives`) for an unknown archive, or for a tenant that was erased;
    ///   `corruptRecord` if it is damaged: then nothing was changed.
    func restoreArchive(name: String, runIDs: Set<UUID>?) async throws(StoreError) -> RestoreReport
}

extension RetentionService {
    /// Brings all runs of an archive back into the tables.
    @discardableResult
    public func restoreArchive(name: String) async throws(StoreError) -> RestoreReport {
        try await restoreArchive(name: name, runIDs: nil)
    }
}
