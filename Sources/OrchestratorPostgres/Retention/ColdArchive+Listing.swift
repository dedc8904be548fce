internal import FoundationEssentials
public import Orchestrator
public import StoreContracts

extension ColdArchive {
    /// The archives of the folder, oldest first; none if there is no folder.
    ///
    /// Needs no database. A line of the manifest that was cut or changed is passed over.
    ///
    /// - Throws: `unavailable` if the manifest cannot be read.
    public func listArchives() async throws(StoreError) -> [ArchiveEntry] {
        try await BlockingWork.run { () throws(StoreError) in try list().map(\.entry) }
    }

    /// Reads every archive whole and compares lengths, checksums and counts; needs no database.
    ///
    /// - Parameter progress: Called after each listed archive: how many were looked at, and of how many.
    /// - Returns: The verdicts by name, with those on files that an interrupted sweep left.
    /// - Throws: `unavailable` if a file that is there cannot be read.
    public func verifyArchives(
        progress: @escaping @Sendable (_ looked: Int, _ all: Int) -> Void = { _, _ in }
    ) async throws(StoreError) -> [ArchiveVerdict] {
        try await BlockingWork.run { () throws(StoreError) in try verify(progress) }
    }
}
