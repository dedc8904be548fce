#if CLI
import EmbeddedPostgres
import FoundationEssentials
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// One process of the lowest priority on each processor, so that none of them sleeps while latencies are measured.
///
/// A virtual machine whose processors idle pays for each wake-up, many times what a reply takes. Each ends with this
/// process, however that ends.
final class Spinners: Sendable {
    private let children: [ChildProcess]

    /// Starts them.
    ///
    /// - Returns: nil where the system has no such priority.
    static func start() -> Spinners? {
        let path = "/usr/bin/chrt"
        guard FileManager.default.isExecutableFile(atPath: path) else { return nil }
        let loop = "while kill -0 \(Machine.processID) 2>/dev/null; do :; done"
        let command = ChildCommand(
            path: path, arguments: ["-i", "0", "nice", "-n", "19", "sh", "-c", loop],
            environment: Environment.current.variables, ownSession: true)
        let count = ProcessInfo.processInfo.activeProcessorCount
        return Spinners((0..<count).compactMap { _ in try? ChildProcess.spawn(command) })
    }

    private init(_ children: [ChildProcess]) { self.children = children }

    /// Ends them.
    func stop() {
        for child in children {
            _ = kill(child.pid, SIGKILL)
            while child.reap() == nil { usleep(1_000) }
        }
    }
}
#endif
