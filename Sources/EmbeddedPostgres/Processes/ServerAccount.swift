#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The account that the server runs as: the caller's own, or an unprivileged one if the caller is root, since
/// PostgreSQL refuses to run as root.
struct ServerAccount: Sendable {
    let user: uid_t
    let group: gid_t
    /// The words in front of a command that make it run as the account; empty for the caller's own.
    let prefix: [String]

    /// True if the account is not the caller's own.
    var isForeign: Bool { !prefix.isEmpty }

    /// Finds the account: `postgres`, else `nobody`, if the caller is root.
    static func find() throws(EmbeddedPostgresError) -> ServerAccount {
        guard Surroundings.isRoot else {
            return ServerAccount(user: geteuid(), group: getegid(), prefix: [])
        }
        for name in ["postgres", "nobody"] {
            guard let entry = getpwnam(name) else { continue }
            let (user, group) = (entry.pointee.pw_uid, entry.pointee.pw_gid)
            guard user != 0, let prefix = changePrefix(name: name, user: user, group: group) else { continue }
            return ServerAccount(user: user, group: group, prefix: prefix)
        }
        throw .accountMissing
    }

    private static func changePrefix(name: String, user: uid_t, group: gid_t) -> [String]? {
        if let setpriv = Surroundings.program("setpriv") {
            return [setpriv, "--reuid=\(user)", "--regid=\(group)", "--clear-groups", "--"]
        }
        if let runuser = Surroundings.program("runuser") {
            return [runuser, "-u", name, "--"]
        }
        if let sudo = Surroundings.program("sudo") {
            return [sudo, "-n", "-u", name, "--"]
        }
        return nil
    }

    /// The environment of every server command.
    ///
    /// A server that inherits root's `HOME` looks for certificates it
    /// cannot read, and a foreign locale changes the messages that are read back.
    static func environment(libraryPath: Bool = false) -> [String: String] {
        var result = [
            "LC_ALL": "C", "HOME": "/nonexistent", "TZ": "UTC",
            "PATH": Surroundings.programFolders.joined(separator: ":"),
        ]
        if libraryPath, let path = Surroundings.variable("LD_LIBRARY_PATH") {
            result["LD_LIBRARY_PATH"] = path
        }
        return result
    }

    /// The command that runs `path` as this account.
    func command(_ path: String, _ arguments: [String], libraryPath: Bool = false) -> ChildCommand {
        let words = prefix + [path] + arguments
        return ChildCommand(
            path: words[0], arguments: Array(words.dropFirst()),
            environment: Self.environment(libraryPath: libraryPath))
    }

    /// True if the account can enter the folder or run the program at `path`.
    func canReach(_ path: String, deadline: Deadline) throws(EmbeddedPostgresError) -> Bool {
        guard isForeign else { return access(path, X_OK) == 0 }
        let test = command("/bin/sh", ["-c", "test -x \"$1\"", "sh", path])
        return try ChildProcess.run(test, deadline: deadline, step: "testing access to \(path)").succeeded
    }

    /// Makes `content` the file at `path`, which lies in a folder of the account, as the account.
    func write(_ content: String, to path: String, deadline: Deadline) throws(EmbeddedPostgresError) {
        let script = "umask 077; printf '%s' \"$2\" > \"$1.new\" && mv -f \"$1.new\" \"$1\""
        let result = try ChildProcess.run(
            command("/bin/sh", ["-c", script, "sh", path, content]), deadline: deadline,
            step: "writing \(path)")
        guard result.succeeded else { throw .folderUnusable(path: path, reason: result.excerpt) }
    }

    /// The last lines of a file of the account, read as the account.
    func tail(_ path: String, deadline: Deadline) throws(EmbeddedPostgresError) -> String {
        let script = "tail -c 8000 \"$1\" 2>/dev/null"
        return try ChildProcess.run(
            command("/bin/sh", ["-c", script, "sh", path]), deadline: deadline, step: "reading \(path)"
        ).output
    }
}
