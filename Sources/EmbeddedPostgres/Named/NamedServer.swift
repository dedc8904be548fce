/// The server of one name, shared by every process of the user: all work on it is done under a lock on its
/// file.
struct NamedServer: Sendable {
    let workshop: Workshop

    private var name: String { workshop.options.name }
    private var folder: String { workshop.layout.cluster(name) }
    private var stateFile: String { workshop.layout.stateFile(name) }
    private var cluster: Cluster {
        Cluster(folder: folder, account: workshop.account, deadline: workshop.deadline)
    }

    /// Finds the running server, or starts it, making its data if there is none.
    func start() throws(EmbeddedPostgresError) -> EmbeddedPostgresServer {
        try locked { () throws(EmbeddedPostgresError) in
            if let server = try running() { return server }
            var state = try loadState(cluster)
            let installation = try installation(for: cluster, state: state)
            let cluster = try workshop.cluster(makingFolder: folder)
            if cluster.dataMajor == nil {
                workshop.report(.initializing(version: installation.version))
                try state.write(to: stateFile)
                try cluster.initialize(installation, password: state.password, sync: true)
            }
            state.binFolder = installation.binFolder
            workshop.report(.starting(version: installation.version))
            try cluster.configure(workshop.settings)
            let address = try cluster.start(
                installation,
                ports: ServerAddress.candidates(
                    fixed: workshop.options.port, last: state.port, folder: folder),
                socketFolder: state.socketFolder)
            state.port = address.port
            state.socketFolder = address.socketFolder
            try confirm(&state, cluster, installation)
            return EmbeddedPostgresServer(
                state: state, pid: cluster.postmaster?.pid ?? 0, options: workshop.options, wasRunning: false)
        }
    }

    /// What is known of the server.
    func status() throws(EmbeddedPostgresError) -> EmbeddedPostgresStatus {
        try locked { () throws(EmbeddedPostgresError) in
            if let server = try running() { return .running(server) }
            guard let state = ServerState.read(stateFile), state.port > 0, cluster.dataMajor != nil else {
                return .absent
            }
            return .stopped(url: state.url)
        }
    }

    /// Stops the server if it runs; its data stays.
    func stop() throws(EmbeddedPostgresError) {
        try locked { () throws(EmbeddedPostgresError) in try stopIfRunning() }
    }

    /// Stops the server and removes its data and its state.
    func destroy() throws(EmbeddedPostgresError) {
        try locked { () throws(EmbeddedPostgresError) in
            let sockets = [ServerState.read(stateFile)?.socketFolder, cluster.postmaster?.socketFolder]
            try stopIfRunning()
            try FileStore.removeFolder(folder, deadline: workshop.deadline)
            for case let socketFolder? in sockets { cluster.removeSocketFolder(socketFolder) }
            FileStore.removeFile(stateFile)
        }
    }

    private func locked<Value>(
        _ body: () throws(EmbeddedPostgresError) -> Value
    ) throws(EmbeddedPostgresError) -> Value {
        try FileLock.holding(
            workshop.layout.lockFile(name), deadline: workshop.deadline, report: workshop.report, body)
    }

    private func running() throws(EmbeddedPostgresError) -> EmbeddedPostgresServer? {
        guard let postmaster = try cluster.readyPostmaster() else { return nil }
        guard var state = ServerState.read(stateFile) else {
            throw .stateMissing(name: name, path: folder)
        }
        // Without a version the start that made it was interrupted before it was confirmed: start over.
        guard !state.version.isEmpty, state.dataFolder == cluster.dataFolder else {
            try stopIfRunning()
            return nil
        }
        if (state.port, state.socketFolder) != (postmaster.port, postmaster.socketFolder) {
            // The start that made it was interrupted before it could note the new address.
            state.port = postmaster.port
            state.socketFolder = postmaster.socketFolder
            try state.write(to: stateFile)
        }
        return EmbeddedPostgresServer(
            state: state, pid: postmaster.pid, options: workshop.options, wasRunning: true)
    }

    /// The state of the data that is there, or a new one if there is no data.
    private func loadState(_ cluster: Cluster) throws(EmbeddedPostgresError) -> ServerState {
        if let state = ServerState.read(stateFile), state.dataFolder == cluster.dataFolder { return state }
        if cluster.dataMajor != nil { throw .stateMissing(name: name, path: folder) }
        return ServerState(
            password: ServerState.newPassword(), dataFolder: cluster.dataFolder, binFolder: "")
    }

    /// The programs that made the data, others of the same major version, or any if there is no data.
    private func installation(
        for cluster: Cluster, state: ServerState
    ) throws(EmbeddedPostgresError) -> Installation {
        let major = cluster.dataMajor
        if let major, workshop.options.source == .automatic, let last = lastInstallation(state),
            last.major == major
        {
            return last
        }
        let installation = try workshop.findInstallation(major: major)
        if let major, installation.major != major {
            throw .versionMismatch(name: name, data: "\(major)", installation: installation.version)
        }
        return installation
    }

    private func lastInstallation(_ state: ServerState) -> Installation? {
        let isWheel = state.binFolder.hasPrefix(workshop.layout.installationFolder + "/")
        return try? Installation.inspect(
            binFolder: state.binFolder, isLocal: !isWheel, account: workshop.account,
            deadline: workshop.deadline)
    }

    /// Stores the address, asks the server who it is, and stores that; a server that fails the test is
    /// stopped.
    private func confirm(
        _ state: inout ServerState, _ cluster: Cluster, _ installation: Installation
    ) throws(EmbeddedPostgresError) {
        do throws(EmbeddedPostgresError) {
            state.version = ""
            try state.write(to: stateFile)
            state.version = try ClusterProbe(
                installation: installation, state: state, deadline: workshop.deadline
            ).prepare()
            try state.write(to: stateFile)
        } catch {
            try? cluster.stop(installation)
            throw error
        }
    }

    private func stopIfRunning() throws(EmbeddedPostgresError) {
        guard let postmaster = cluster.postmaster else { return }
        let state = ServerState.read(stateFile)
        let installation: Installation
        if let state, let last = lastInstallation(state) {
            installation = last
        } else {
            installation = try workshop.findInstallation(major: cluster.dataMajor)
        }
        try cluster.stop(installation)
        // Without the state nobody will find the folder again.
        if state == nil { cluster.removeSocketFolder(postmaster.socketFolder) }
    }
}
