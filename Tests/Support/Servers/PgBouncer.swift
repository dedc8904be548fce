import EmbeddedPostgres
import Foundation
package import PostgresWire
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A pgbouncer of one test, before a server on the loopback address.
///
/// It ends with `stop()`, or with this process however that ends. Root starts it as `nobody`, since pgbouncer refuses
/// to run as root.
package final class PgBouncer: Sendable {
    /// How long a client keeps a connection to the server.
    package enum Mode: String, Sendable, CaseIterable {
        case session
        case transaction
        case statement
    }

    /// Why there is no pgbouncer.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// The server, by way of the pooler.
    package let configuration: PostgresConfiguration
    private let process: ChildProcess
    private let lifeline: Pipe
    private let folder: URL

    /// The program and how to get it.
    private static let program = ["/usr/sbin", "/usr/bin", "/usr/local/bin", "/usr/local/sbin"]
        .map { "\($0)/pgbouncer" }.first { FileManager.default.isExecutableFile(atPath: $0) }

    /// Runs a body with a pooler that is stopped afterwards.
    ///
    /// Without the program the test is cancelled with the reason, but fails if `CI` is set.
    ///
    /// - Parameters:
    ///   - mode: how long a client keeps a connection to the server.
    ///   - poolSize: how many connections to the server there are at most.
    ///   - server: a server on the loopback address.
    ///   - settings: more lines of its configuration.
    ///   - body: the test.
    /// - Returns: what the body returns.
    /// - Throws: what the body throws, or `Failure`.
    package static func with<Result: Sendable>(
        _ mode: Mode, poolSize: Int, before server: PostgresConfiguration, settings: [String: String] = [:],
        _ body: (PgBouncer) async throws -> Result
    ) async throws -> Result {
        guard let program else {
            let reason = "pgbouncer is not installed: apt-get install pgbouncer"
            guard ProcessInfo.processInfo.environment["CI"] == nil else { throw Failure(description: reason) }
            try Test.cancel("\(reason)")
        }
        for _ in 0..<5 {
            let pooler = try PgBouncer(program, mode, poolSize, server, settings)
            // Another process may have taken the port meanwhile.
            guard try await pooler.isUp() else {
                await pooler.stop()
                continue
            }
            do {
                let result = try await body(pooler)
                await pooler.stop()
                return result
            } catch {
                await pooler.stop()
                throw error
            }
        }
        throw Failure(description: "pgbouncer does not start")
    }

    private init(
        _ program: String, _ mode: Mode, _ poolSize: Int, _ server: PostgresConfiguration,
        _ settings: [String: String]
    ) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "pgbouncer-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let listener = try LoopbackListener()
        let port = listener.port
        listener.close()
        let file = folder.appending(path: "pgbouncer.ini")
        try Self.text(mode, poolSize, server, port, settings).write(
            to: file, atomically: false, encoding: .utf8)
        let isRoot = geteuid() == 0
        if isRoot, let nobody = getpwnam("nobody") {
            for path in [folder.path, file.path] {
                _ = chown(path, nobody.pointee.pw_uid, nobody.pointee.pw_gid)
            }
        }
        _ = chmod(folder.path, 0o700)
        _ = chmod(file.path, 0o600)
        var reached = server
        reached.host = "127.0.0.1"
        reached.port = port
        configuration = reached
        lifeline = Pipe()
        // No child may hold the end whose closing ends the pooler.
        _ = fcntl(lifeline.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
        // The shell outlives the pooler, and both end when nobody holds the other end of standard input.
        let script = "\"$@\" >/dev/null 2>&1 </dev/null & p=$!; read -r _; kill -9 \"$p\"; wait \"$p\""
        let command = ChildCommand(
            path: "/bin/sh",
            arguments: ["-c", script, "sh", program] + (isRoot ? ["-u", "nobody"] : []) + [file.path],
            environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"], ownSession: true)
        process = try ChildProcess.spawn(command, input: lifeline.fileHandleForReading.fileDescriptor)
        try lifeline.fileHandleForReading.close()
    }

    private static func text(
        _ mode: Mode, _ poolSize: Int, _ server: PostgresConfiguration, _ port: Int,
        _ settings: [String: String]
    ) -> String {
        let password = (server.password ?? "").replacing("'", with: "''")
        let lines = settings.map { "\($0.key) = \($0.value)" }.sorted().joined(separator: "\n")
        return """
            [databases]
            * = host=127.0.0.1 port=\(server.port) user=\(server.user) password='\(password)'
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = \(port)
            unix_socket_dir =
            auth_type = any
            pool_mode = \(mode.rawValue)
            default_pool_size = \(poolSize)
            max_client_conn = 500
            ignore_startup_parameters = extra_float_digits
            \(lines)

            """
    }

    /// Waits until it takes connections; false if it has ended.
    private func isUp() async throws -> Bool {
        for _ in 0..<500 {
            guard process.reap() == nil else { return false }
            if let socket = try? LoopbackSocket.connect(port: configuration.port) {
                socket.end()
                return true
            }
            try await Task.sleep(for: .milliseconds(10))
        }
        return false
    }

    private func stop() async {
        try? lifeline.fileHandleForWriting.close()
        for _ in 0..<1_000 where process.reap() == nil { try? await Task.sleep(for: .milliseconds(5)) }
        try? FileManager.default.removeItem(at: folder)
    }
}
