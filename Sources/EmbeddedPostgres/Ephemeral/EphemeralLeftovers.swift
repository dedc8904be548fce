/// What ephemeral servers left that lost their watchdog too, as when the machine lost its power.
struct EphemeralLeftovers: Sendable {
    /// Holds one folder and one lock file for each ephemeral server.
    let folder: String
    let deadline: Deadline

    /// A younger file may belong to a start that has not taken its lock yet.
    private static let youngest = 600

    /// Removes the folders whose lock nobody holds and in which no server runs.
    func remove() throws(EmbeddedPostgresError) {
        for file in DirectoryEntry.names(in: folder) where file.hasSuffix(".lock") {
            let server = "\(folder)/\(file.dropLast(".lock".count))"
            guard let age = FileStore.age("\(folder)/\(file)"), age > Self.youngest else { continue }
            guard let lock = try FileLock.take("\(folder)/\(file)") else { continue }
            defer { Descriptors.close(lock) }
            if PostmasterFile.running(in: "\(server)/data") != nil { continue }
            try FileStore.removeFolder(server, deadline: deadline)
            FileStore.removeFile("\(server).password")
            FileStore.removeFile("\(folder)/\(file)")
        }
    }
}
