/// Starts servers that live and die with this process.
struct EphemeralServer: Sendable {
    let workshop: Workshop

    /// Makes a folder, data and server of their own; the watchdog is there before anything else is.
    func start() throws(EmbeddedPostgresError) -> EmbeddedPostgresServer {
        let installation = try workshop.findInstallation(major: nil)
        try EphemeralLeftovers(folder: workshop.layout.ephemeralFolder, deadline: workshop.deadline).remove()
        let folder = try FileStore.makeUniqueFolder(prefix: "\(workshop.layout.ephemeralFolder)/")
        guard let lock = try FileLock.take("\(folder).lock") else {
            throw .folderUnusable(path: folder, reason: "another process has locked it")
        }
        defer { Descriptors.close(lock) }
        let sockets = try FileStore.makeUniqueFolder(prefix: "/tmp/orchestrator-pg-")
        try FileStore.handOver(folder, to: workshop.account)
        try FileStore.handOver(sockets, to: workshop.account)
        let watchdog = try Watchdog.start(
            folder: folder, socketFolder: sockets, control: installation.program("pg_ctl"),
            account: workshop.account, lock: lock)
        do throws(EmbeddedPostgresError) {
            return try start(installation, folder: folder, sockets: sockets, watchdog: watchdog)
        } catch {
            watchdog.finish(deadline: Deadline(.seconds(30)))
            throw error
        }
    }

    private func start(
        _ installation: Installation, folder: String, sockets: String, watchdog: Watchdog
    ) throws(EmbeddedPostgresError) -> EmbeddedPostgresServer {
        let cluster = Cluster(folder: folder, account: workshop.account, deadline: workshop.deadline)
        var state = ServerState(
            password: ServerState.newPassword(), dataFolder: cluster.dataFolder,
            binFolder: installation.binFolder)
        workshop.report(.initializing(version: installation.version))
        try cluster.initialize(installation, password: state.password, sync: false)
        workshop.report(.starting(version: installation.version))
        try cluster.configure(workshop.settings)
        let address = try cluster.start(
            installation,
            ports: ServerAddress.candidates(fixed: workshop.options.port, last: 0, folder: folder),
            socketFolder: sockets)
        state.port = address.port
        state.socketFolder = address.socketFolder
        state.version = try ClusterProbe(
            installation: installation, state: state, deadline: workshop.deadline,
            needsVector: workshop.options.needsVector
        ).prepare()
        return EmbeddedPostgresServer(
            state: state, pid: cluster.postmaster?.pid ?? 0, options: workshop.options, wasRunning: false,
            watchdog: watchdog)
    }
}
