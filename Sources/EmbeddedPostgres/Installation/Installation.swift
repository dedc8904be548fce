/// The programs of one PostgreSQL server.
struct Installation: Sendable, Equatable {
    /// The oldest major version that is used.
    static let oldestMajor = 14

    let binFolder: String
    /// As the server says it, for instance `18.6`.
    let version: String
    /// True if it was installed by the system or the user, false if it came from the wheel.
    let isLocal: Bool

    var major: Int { Int(version.prefix { $0.isNumber }) ?? 0 }

    func program(_ name: String) -> String { "\(binFolder)/\(name)" }

    /// The programs that must be there.
    static let programs = ["postgres", "initdb", "pg_ctl", "psql"]

    /// Reads the version by asking the server program.
    static func inspect(
        binFolder: String, isLocal: Bool, account: ServerAccount, deadline: Deadline
    ) throws(EmbeddedPostgresError) -> Installation {
        for name in programs where !FileStore.isProgram("\(binFolder)/\(name)") {
            throw .installationUnusable(path: binFolder, reason: "it has no \(name)")
        }
        let result = try ChildProcess.run(
            account.command("\(binFolder)/postgres", ["--version"], libraryPath: isLocal),
            deadline: deadline.limited(to: .seconds(20)), step: "asking \(binFolder) for its version")
        guard result.succeeded else {
            throw .installationUnusable(path: binFolder, reason: result.excerpt)
        }
        // "postgres (PostgreSQL) 18.6" or "postgres (PostgreSQL) 17.11 (Debian 17.11-0+deb13u1)"
        let words = result.output.split(separator: " ").map(\.trimmed)
        guard let version = words.first(where: { $0.first?.isNumber == true }) else {
            throw .installationUnusable(path: binFolder, reason: "it does not tell its version")
        }
        let installation = Installation(binFolder: binFolder, version: version, isLocal: isLocal)
        guard installation.major >= oldestMajor else {
            throw .installationUnusable(
                path: binFolder, reason: "version \(version) is older than \(oldestMajor)")
        }
        return installation
    }
}
