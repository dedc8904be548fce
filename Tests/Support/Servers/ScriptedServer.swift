import Locking

/// A server on the loopback address that does what a test tells it, for clients that must stand any server.
///
///     let server = try ScriptedServer { session in
///         try session.letIn()
///         _ = try session.receive()
///         try session.send(hex("5a 00000005 49"))
///     }
///     defer { server.stop() }
///
/// Each connection runs the script on a thread of its own and is closed when the script returns or throws.
package final class ScriptedServer: Sendable {
    private struct State {
        var sessions: [LoopbackSocket] = []
        var connectionCount = 0
        var failures: [any Error] = []
    }

    private let listener: LoopbackListener
    private let state = Lock(State())

    /// The port that clients connect to at 127.0.0.1.
    package var port: Int { listener.port }

    /// A URL for user `app` with password `pencil` and database `shop`.
    package var url: String { "postgres://app:pencil@127.0.0.1:\(port)/shop" }

    /// How many connections have come.
    package var connectionCount: Int { state.withLock { $0.connectionCount } }

    /// What the script has thrown so far, such as a message it did not expect.
    package var failures: [any Error] { state.withLock { $0.failures } }

    /// Begins to listen.
    ///
    /// - Parameter script: What happens on a connection; it is given the number of the connection, from 0, in
    ///   `session.number`.
    /// - Throws: `LoopbackSocket.Fault` if no port is to be had.
    package init(_ script: @escaping @Sendable (ScriptedSession) throws -> Void) throws {
        listener = try LoopbackListener()
        Thread.detach { [self] in
            while let socket = try? listener.accept() {
                let number = state.withLock { state in
                    state.sessions.append(socket)
                    state.connectionCount += 1
                    return state.connectionCount - 1
                }
                Thread.detach { [self] in run(script, on: socket, number) }
            }
        }
    }

    /// Refuses further connections and ends those that are open.
    package func stop() {
        listener.close()
        let sessions = state.withLock { state in
            let sessions = state.sessions
            state.sessions = []
            return sessions
        }
        for session in sessions { session.end() }
    }

    private func run(
        _ script: @Sendable (ScriptedSession) throws -> Void, on socket: LoopbackSocket, _ number: Int
    ) {
        let session = ScriptedSession(socket, number: number)
        do {
            try script(session)
        } catch {
            state.withLock { $0.failures.append(error) }
        }
        state.withLock { state in state.sessions.removeAll { $0 === socket } }
        if !session.isReset { socket.end() }
    }
}
