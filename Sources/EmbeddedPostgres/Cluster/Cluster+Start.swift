#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

extension Cluster {
    /// Starts the server and waits until it takes connections.
    ///
    /// The ports are tried in order. The server's own bind is the test for a free one, so two starts never
    /// race for it. The socket folder is used again if it is still there and private. Throws `portTaken` if
    /// the only port is in use, `startFailed` with the log.
    func start(
        _ installation: Installation, ports: [Int], socketFolder: String
    ) throws(EmbeddedPostgresError) -> ServerAddress {
        var address = ServerAddress(port: 0, socketFolder: try usableSocketFolder(socketFolder))
        var repairs = 0
        var next = 0
        while next < ports.count {
            try deadline.check("starting the server")
            address.port = ports[next]
            switch try attempt(installation, address) {
            case .started: return address
            case .portTaken: next += 1
            case .socketTaken where repairs < 3:
                repairs += 1
                removeSocketFolder(address.socketFolder)
                address.socketFolder = try usableSocketFolder("")
            case .leftovers where repairs < 3:
                repairs += 1
                try clearLeftovers()
            case .socketTaken(let log), .leftovers(let log), .failed(let log):
                removeSocketFolder(address.socketFolder)
                throw .startFailed(log: log)
            }
        }
        removeSocketFolder(address.socketFolder)
        if ports.count == 1 { throw .portTaken(ports[0]) }
        throw .startFailed(log: "none of the ports from \(ports.first ?? 0) on is free")
    }

    private enum Attempt {
        case started
        case portTaken
        case socketTaken(String)
        case leftovers(String)
        case failed(String)
    }

    private func attempt(
        _ installation: Installation, _ address: ServerAddress
    ) throws(EmbeddedPostgresError) -> Attempt {
        // A log of its own for each start, so that old lines are never taken for this start's answer.
        let rotate = account.command(
            "/bin/sh", ["-c", "[ ! -e \"$1\" ] || mv -f \"$1\" \"$1.1\"", "sh", logFile])
        _ = try ChildProcess.run(rotate, deadline: deadline, step: "starting the server")
        let result = try run(
            installation, "pg_ctl",
            [
                "-D", dataFolder, "-l", logFile, "-w", "-t", "\(min(deadline.seconds, 300))", "-s",
                "-o", "-p \(address.port) -k '\(address.socketFolder)'", "start",
            ], step: "starting the server")
        if result.succeeded, postmaster != nil { return .started }
        let log = try account.tail(logFile, deadline: deadline)
        let reason = log.isEmpty ? result.excerpt : log.excerpt(lines: 4)
        if log.contains(".s.PGSQL.") && log.contains("already exists") { return .socketTaken(reason) }
        if log.contains("pre-existing shared memory block")
            || log.contains("\"postmaster.pid\" already exists")
        {
            return .leftovers(reason)
        }
        if log.contains("could not bind") || log.contains("could not create any TCP") { return .portTaken }
        return .failed(reason)
    }

    /// Waits for processes of a killed server to end, then removes its stale file.
    ///
    /// The server refuses to start over a file whose process number now belongs to another process of the
    /// same account. The file guards the data, so it is removed only when nothing works in the data folder.
    private func clearLeftovers() throws(EmbeddedPostgresError) {
        let patience = deadline.limited(to: .seconds(10))
        while PostmasterFile.anyProcessWorks(in: dataFolder) {
            if patience.hasPassed { return }
            try deadline.check("waiting for processes of a killed server")
            usleep(50_000)
        }
        if postmaster == nil { FileStore.removeFile("\(dataFolder)/postmaster.pid") }
    }

    private func usableSocketFolder(_ last: String) throws(EmbeddedPostgresError) -> String {
        var info = stat()
        if !last.isEmpty, lstat(last, &info) == 0, (info.st_mode & S_IFMT) == S_IFDIR,
            info.st_uid == account.user, info.st_mode & 0o077 == 0
        {
            return last
        }
        let folder = try FileStore.makeUniqueFolder(prefix: "/tmp/orchestrator-pg-")
        try FileStore.handOver(folder, to: account)
        return folder
    }

    /// Removes a socket folder of ours; the server has stopped.
    func removeSocketFolder(_ path: String) {
        guard path.hasPrefix("/tmp/orchestrator-pg-") else { return }
        try? FileStore.removeFolder(path, deadline: Deadline(.seconds(20)))
    }
}
