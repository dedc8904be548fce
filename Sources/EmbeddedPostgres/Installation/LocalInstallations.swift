/// Looks for PostgreSQL installations with pgvector on this machine.
struct LocalInstallations: Sendable {
    let account: ServerAccount
    let deadline: Deadline
    /// Whether installations without pgvector are passed over.
    var needsVector = true

    /// The newest usable installation, nil if there is none; `major` restricts the choice to one major
    /// version.
    func newest(major: Int?) throws(EmbeddedPostgresError) -> Installation? {
        var found: [Installation] = []
        for folder in Self.candidates() {
            do throws(EmbeddedPostgresError) {
                found.append(try inspect(binFolder: folder))
            } catch .cancelled {
                throw .cancelled
            } catch {
                continue
            }
        }
        return found.filter { major == nil || $0.major == major }
            .max { ($0.major, Self.minor($0)) < ($1.major, Self.minor($1)) }
    }

    /// The installation at `path`, which may be its `bin` folder or the folder above it.
    func installation(at path: String) throws(EmbeddedPostgresError) -> Installation {
        let folder = FileStore.isProgram("\(path)/bin/postgres") ? "\(path)/bin" : path
        guard FileStore.isProgram("\(folder)/postgres") else {
            throw .installationUnusable(path: path, reason: "there is no program named postgres")
        }
        return try inspect(binFolder: folder)
    }

    private func inspect(binFolder: String) throws(EmbeddedPostgresError) -> Installation {
        guard FileStore.isProgram("\(binFolder)/postgres") else {
            throw .installationUnusable(path: binFolder, reason: "there is no program named postgres")
        }
        guard try account.canReach("\(binFolder)/postgres", deadline: deadline) else {
            throw .installationUnusable(path: binFolder, reason: "the server's account cannot reach it")
        }
        let isComplete = needsVector ? try hasVector(binFolder: binFolder) : true
        guard isComplete else {
            throw .installationUnusable(path: binFolder, reason: "it lacks the extension vector (pgvector)")
        }
        return try Installation.inspect(
            binFolder: binFolder, isLocal: true, account: account, deadline: deadline)
    }

    private func hasVector(binFolder: String) throws(EmbeddedPostgresError) -> Bool {
        var shares: [String] = []
        let configuration = "\(binFolder)/pg_config"
        if FileStore.isProgram(configuration) {
            let result = try ChildProcess.run(
                account.command(configuration, ["--sharedir"], libraryPath: true),
                deadline: deadline.limited(to: .seconds(20)), step: "asking \(configuration)")
            if result.succeeded { shares.append(result.output.trimmed) }
        }
        let root = FileStore.parent(of: binFolder)
        let version = root.split(separator: "/").last.map(String.init) ?? ""
        shares += [
            "\(root)/share", "\(root)/share/postgresql", "\(root)/share/pgsql",
            "/usr/share/postgresql/\(version)",
        ]
        return shares.contains { FileStore.exists("\($0)/extension/vector.control") }
    }

    /// The `bin` folders to look at, each once.
    private static func candidates() -> [String] {
        var folders: [String] = []
        for parent in [
            "/usr/lib/postgresql", "/opt/postgresql", "/Applications/Postgres.app/Contents/Versions",
        ] {
            folders += DirectoryEntry.names(in: parent).map { "\(parent)/\($0)/bin" }
        }
        for parent in ["/usr", "/opt/homebrew/opt", "/usr/local/opt"] {
            let names = DirectoryEntry.names(in: parent)
            folders += names.filter { $0.hasPrefix("pgsql-") || $0.hasPrefix("postgresql") }
                .map { "\(parent)/\($0)/bin" }
        }
        folders += ["/usr/local/pgsql/bin"] + Surroundings.programFolders
        var seen: Set<String> = []
        return folders.filter { FileStore.isProgram("\($0)/postgres") }.filter { folder in
            let canonical = try? FileStore.canonical("\(folder)/postgres")
            return seen.insert(canonical ?? folder).inserted
        }
    }

    private static func minor(_ installation: Installation) -> Int {
        let parts = installation.version.split(separator: ".")
        return parts.count > 1 ? Int(parts[1].prefix { $0.isNumber }) ?? 0 : 0
    }
}
