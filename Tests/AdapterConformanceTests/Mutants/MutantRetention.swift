import FoundationEssentials
import Orchestrator
import StoreContracts

/// A retention service with one planted bug.
struct MutantRetention: RetentionService {
    enum Bug: String, CaseIterable, Sendable {
        case archivesAtOnce, deletesAtOnce, hotPeriodIsTheWarmOne, miscounts, swapsTiers, forgetsArchives,
            listsNewestFirst, restoresEverything, unknownArchivesAreEmpty, countsWhatWasThere,
            neverDeletes, findsNothingToVerify, restoresOnce
    }

    let bug: Bug
    let inner: any RetentionService

    init(bug: Bug, options: RetentionOptions, make: (RetentionOptions) -> any RetentionService) {
        self.bug = bug
        var options = options
        switch bug {
        case .archivesAtOnce: options.hotPeriod = .zero
        case .deletesAtOnce: options.warmPeriod = .zero
        case .hotPeriodIsTheWarmOne: options.hotPeriod = options.warmPeriod
        default: break
        }
        inner = make(options)
    }

    func archiveCompletedWorkflows() async throws(StoreError) -> Int {
        let count = try await inner.archiveCompletedWorkflows()
        return bug == .miscounts ? min(count, 1) : count
    }

    func deleteWarmData() async throws(StoreError) -> Int {
        bug == .neverDeletes ? 0 : try await inner.deleteWarmData()
    }

    func getStorageStats() async throws(StoreError) -> StorageStats {
        var stats = try await inner.getStorageStats()
        if bug == .swapsTiers { (stats.warmRuns, stats.coldRuns) = (stats.coldRuns, stats.warmRuns) }
        return stats
    }

    func listArchives() async throws(StoreError) -> [ArchiveEntry] {
        let archives = try await inner.listArchives()
        switch bug {
        case .forgetsArchives: return []
        case .listsNewestFirst: return archives.reversed()
        default: return archives
        }
    }

    func verifyArchives() async throws(StoreError) -> [ArchiveVerdict] {
        bug == .findsNothingToVerify ? [] : try await inner.verifyArchives()
    }

    func restoreArchive(name: String, runIDs: Set<UUID>?) async throws(StoreError) -> RestoreReport {
        do throws(StoreError) {
            var report = try await inner.restoreArchive(
                name: name, runIDs: bug == .restoresEverything ? nil : runIDs)
            if bug == .countsWhatWasThere { report.restored += report.alreadyPresent }
            if bug == .restoresOnce, report.alreadyPresent > 0 {
                throw StoreError(.alreadyExists(table: "workflow_runs", key: name))
            }
            return report
        } catch {
            guard bug == .unknownArchivesAreEmpty else { throw error }
            return RestoreReport(restored: 0, alreadyPresent: 0)
        }
    }
}
