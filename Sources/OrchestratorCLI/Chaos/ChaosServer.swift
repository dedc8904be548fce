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
import Locking

/// A server of its own for chaos, in a folder of its own, which is killed and started again, and removed at the end.
final class ChaosServer: Sendable {
    private static let prefix = "orchestrator-chaos-"

    let server: EmbeddedPostgresServer
    private let options: EmbeddedPostgresOptions
    private let processID: Lock<Int32>

    private init(_ server: EmbeddedPostgresServer, _ options: EmbeddedPostgresOptions) {
        self.server = server
        self.options = options
        processID = Lock(server.processIdentifier)
    }

    /// Starts it; removes those that a killed chaos has left behind.
    static func start(_ console: Console) async throws -> ChaosServer {
        await sweep()
        let folder = FileManager.default.temporaryDirectory.path + "/\(prefix)\(getpid())"
        var options = EmbeddedPostgresOptions(name: "chaos", dataFolder: folder) { step in
            console.note("\(step) …")
        }
        let server = try await EmbeddedPostgresServer.start(options)
        options.port = server.port
        options.progress = nil
        return ChaosServer(server, options)
    }

    /// Kills the server with a signal that it cannot see, and starts it again at the same port.
    func crash() async throws {
        _ = kill(processID.withLock { $0 }, SIGKILL)
        // Its children end by themselves a moment later; until then the data are in use.
        for attempt in 1... {
            do {
                let again = try await EmbeddedPostgresServer.start(options)
                processID.withLock { $0 = again.processIdentifier }
                return
            } catch {
                guard attempt < 50 else { throw error }
                try await Task.sleep(for: .milliseconds(200))
            }
        }
    }

    /// Stops it and removes its data, even if the task is cancelled.
    func destroy() async {
        let options = options
        await Task {
            try? await EmbeddedPostgresServer.destroy(options)
            Self.remove(options.dataFolder ?? "")
        }.value
    }

    private static func remove(_ folder: String) {
        guard folder.contains(prefix) else { return }
        try? FileManager.default.removeItem(atPath: folder)
    }

    private static func sweep() async {
        let base = FileManager.default.temporaryDirectory.path
        for name in (try? FileManager.default.contentsOfDirectory(atPath: base)) ?? [] {
            guard name.hasPrefix(prefix), let owner = Int32(name.dropFirst(prefix.count)), owner > 0 else {
                continue
            }
            // ESRCH: the process is gone. Folders of other users cannot be removed, and stay.
            guard kill(owner, 0) != 0, errno == ESRCH else { continue }
            let options = EmbeddedPostgresOptions(name: "chaos", dataFolder: "\(base)/\(name)")
            try? await EmbeddedPostgresServer.destroy(options)
            remove("\(base)/\(name)")
        }
    }
}
#endif
