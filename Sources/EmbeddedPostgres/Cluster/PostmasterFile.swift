#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The content of a `postmaster.pid` file, which a server keeps while it runs and leaves behind when it is
/// killed.
///
/// Source: PostgreSQL 18 manual, "Database File Layout", `postmaster.pid`.
struct PostmasterFile: Sendable, Equatable {
    let pid: pid_t
    let dataFolder: String
    /// The fourth line: the TCP port; 0 if there is none yet.
    let port: Int
    /// The fifth line: the folder of the Unix socket; empty if there is none yet.
    let socketFolder: String
    /// The eighth line: `starting`, `ready`, `stopping` or `standby`.
    let status: String

    /// Parses the lines of the file; nil if the first two do not make sense.
    init?(parsing text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(\.trimmed)
        guard lines.count >= 2, let pid = pid_t(lines[0]), pid > 0 else { return nil }
        self.pid = pid
        dataFolder = lines[1]
        port = lines.count > 3 ? Int(lines[3]) ?? 0 : 0
        socketFolder = lines.count > 4 ? lines[4] : ""
        status = lines.count > 7 ? lines[7] : ""
    }

    /// The file in `dataFolder` if the server it names runs and is this folder's; nil if it is stale.
    static func running(in dataFolder: String) -> PostmasterFile? {
        guard let text = FileStore.read("\(dataFolder)/postmaster.pid"),
            let file = PostmasterFile(parsing: text), file.dataFolder == dataFolder, file.isProcessOurs
        else { return nil }
        return file
    }

    /// False if no process has the number, or one that is not a server of this folder: numbers are used
    /// again.
    private var isProcessOurs: Bool {
        if kill(pid, 0) != 0, errno == ESRCH { return false }
        guard let commandLine = FileStore.read("/proc/\(pid)/cmdline") else {
            // Without /proc (macOS) the number is all there is; in a container /proc may be closed.
            return !FileStore.isFolder("/proc/\(pid)")
        }
        let words = commandLine.split(separator: "\0").map(String.init)
        return words.contains(dataFolder) || words.contains("-D\(dataFolder)")
    }

    /// True if some process works in `dataFolder`, as every process of a server does.
    static func anyProcessWorks(in dataFolder: String) -> Bool {
        for name in DirectoryEntry.names(in: "/proc")
        where name.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            if let folder = try? FileStore.canonical("/proc/\(name)/cwd"), folder == dataFolder {
                return true
            }
        }
        return false
    }
}
