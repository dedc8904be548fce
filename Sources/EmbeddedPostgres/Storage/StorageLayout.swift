#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Where everything lies: one folder for what the caller reads, one that the server's account can reach.
///
/// They are the same for an ordinary user. For root they differ if the account cannot enter the caller's
/// folder (`/root` is closed to others); the server's files then lie in a folder of root's under `/var/tmp`.
struct StorageLayout: Sendable {
    /// Holds `NAME.json` with the password and `NAME.lock` for each named server; closed to everybody else.
    let stateFolder: String
    /// Holds one folder for each named server: its data and its log.
    let clusterFolder: String
    /// Holds one folder for each ephemeral server.
    let ephemeralFolder: String
    /// Holds downloaded installations.
    let installationFolder: String

    static func resolve(
        _ options: EmbeddedPostgresOptions, account: ServerAccount, deadline: Deadline
    ) throws(EmbeddedPostgresError) -> StorageLayout {
        let data = try folder(
            options.dataFolder ?? standardFolder(variable: "XDG_DATA_HOME", below: ".local/share"),
            account: account)
        let cache = try folder(
            options.cacheFolder ?? standardFolder(variable: "XDG_CACHE_HOME", below: ".cache"),
            account: account)
        let reachableData = try reachable(data, account: account, deadline: deadline)
        let reachableCache = try reachable(cache, account: account, deadline: deadline)
        let layout = StorageLayout(
            stateFolder: "\(data)/servers", clusterFolder: "\(reachableData)/clusters",
            ephemeralFolder: "\(reachableData)/ephemeral",
            installationFolder: "\(reachableCache)/installations")
        let mode: mode_t = account.isForeign ? 0o711 : 0o700
        try FileStore.makeFolder(layout.stateFolder, mode: 0o700)
        try FileStore.makeFolder(layout.clusterFolder, mode: mode)
        try FileStore.makeFolder(layout.ephemeralFolder, mode: mode)
        try FileStore.makeFolder(layout.installationFolder, mode: mode)
        return layout
    }

    func stateFile(_ name: String) -> String { "\(stateFolder)/\(name).json" }
    func lockFile(_ name: String) -> String { "\(stateFolder)/\(name).lock" }
    func cluster(_ name: String) -> String { "\(clusterFolder)/\(name)" }

    private static func standardFolder(variable: String, below home: String) -> String {
        // The convention says that a relative value is to be ignored.
        if let folder = Surroundings.variable(variable), folder.hasPrefix("/") {
            return "\(folder)/orchestrator-postgres"
        }
        return "\(Surroundings.homeFolder)/\(home)/orchestrator-postgres"
    }

    private static func folder(
        _ path: String, account: ServerAccount
    ) throws(EmbeddedPostgresError) -> String {
        try FileStore.makeFolder(path, mode: account.isForeign ? 0o711 : 0o700)
        return try FileStore.canonical(path)
    }

    private static func reachable(
        _ folder: String, account: ServerAccount, deadline: Deadline
    ) throws(EmbeddedPostgresError) -> String {
        if try account.canReach(folder, deadline: deadline) { return folder }
        let substitute = "/var/tmp/orchestrator-postgres-\(getuid())-\(fingerprint(folder))"
        if mkdir(substitute, 0o711) == 0 { chmod(substitute, 0o711) }
        var info = stat()
        guard lstat(substitute, &info) == 0, (info.st_mode & S_IFMT) == S_IFDIR else {
            throw .folderUnusable(path: substitute, reason: SystemError.text(errno))
        }
        // Anybody may make folders in /var/tmp: believe only one of our own that nobody else can write.
        guard info.st_uid == geteuid(), info.st_mode & 0o022 == 0 else {
            throw .folderUnusable(path: substitute, reason: "it belongs to somebody else")
        }
        return substitute
    }

    /// FNV-1a: short, stable and good enough to keep the folders of several homes apart.
    static func fingerprint(_ text: String) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
        }
        return String(hash, radix: 16)
    }
}
