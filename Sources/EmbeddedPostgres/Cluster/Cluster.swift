#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// One server's folder: its data, its log, and the work done on them by the server's own programs.
struct Cluster: Sendable {
    /// Belongs to the server's account; nobody else can enter it.
    let folder: String
    let account: ServerAccount
    let deadline: Deadline

    var dataFolder: String { "\(folder)/data" }
    var logFile: String { "\(folder)/server.log" }

    /// The major version that made the data; nil if there is none.
    var dataMajor: Int? { FileStore.read("\(dataFolder)/PG_VERSION").flatMap { Int($0.trimmed) } }

    /// The server of this folder if it runs.
    var postmaster: PostmasterFile? { PostmasterFile.running(in: dataFolder) }

    /// The server of this folder once it takes connections; nil if it does not run or has stopped meanwhile.
    func readyPostmaster() throws(EmbeddedPostgresError) -> PostmasterFile? {
        while let file = postmaster {
            if file.status == "ready" { return file }
            try deadline.check("waiting for a server that is starting or stopping")
            usleep(20_000)
        }
        return nil
    }

    /// Makes the data, in one step: a folder named `data` is always whole.
    ///
    /// `sync` is false if the data need not survive a crash of the machine.
    func initialize(
        _ installation: Installation, password: String, sync: Bool
    ) throws(EmbeddedPostgresError) {
        let new = "\(folder)/data.new"
        let passwordFile = "\(folder).password"
        try FileStore.removeFolder(new, deadline: deadline)
        try FileStore.write(password + "\n", to: passwordFile, owner: account)
        defer { FileStore.removeFile(passwordFile) }
        var arguments = [
            "-D", new, "-U", ServerState.user, "--pwfile=\(passwordFile)", "-A", "scram-sha-256", "-E",
            "UTF8",
            "--no-instructions", "--locale=C",
        ]
        if installation.major >= 17 {
            arguments += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        }
        if !sync { arguments.append("--no-sync") }
        let result = try run(installation, "initdb", arguments, step: "creating a database cluster")
        guard result.succeeded else { throw .initializationFailed(log: result.excerpt) }
        let script = """
            printf "include '%s'\\n" "$3" >> "$1/postgresql.conf" && : >> "$1/$3" && mv "$1" "$2"
            """
        let finish = account.command(
            "/bin/sh", ["-c", "umask 077; " + script, "sh", new, dataFolder, ClusterSettings.fileName])
        let finished = try ChildProcess.run(finish, deadline: deadline, step: "creating a database cluster")
        guard finished.succeeded else { throw .folderUnusable(path: folder, reason: finished.excerpt) }
    }

    /// Writes the settings that hold from the next start on.
    func configure(_ settings: ClusterSettings) throws(EmbeddedPostgresError) {
        try account.write(
            settings.text, to: "\(dataFolder)/\(ClusterSettings.fileName)", deadline: deadline)
    }

    /// Stops the server: sessions are ended and the data is left clean; if that takes too long, at once.
    func stop(_ installation: Installation) throws(EmbeddedPostgresError) {
        guard postmaster != nil else { return }
        for (mode, seconds) in [("fast", 60), ("immediate", 20)] {
            let result = try run(
                installation, "pg_ctl",
                ["-D", dataFolder, "-m", mode, "-w", "-t", "\(seconds)", "-s", "stop"], step: "stopping")
            if result.succeeded || postmaster == nil { return }
            if mode == "immediate" { throw .stopFailed(log: result.excerpt) }
        }
    }

    func run(
        _ installation: Installation, _ program: String, _ arguments: [String], step: String
    ) throws(EmbeddedPostgresError) -> ChildResult {
        let command = account.command(
            installation.program(program), arguments, libraryPath: installation.isLocal)
        return try ChildProcess.run(command, deadline: deadline, step: step)
    }
}
