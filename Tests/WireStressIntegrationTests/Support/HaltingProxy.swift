import Dispatch
import Foundation
import Locking
import PostgresWire
import TestSupport

/// A proxy before a server on the loopback address that can fall silent.
///
/// Connections then stay open, new ones are taken, and nothing passes until it goes on. What was under way when it fell
/// silent is lost for good.
final class HaltingProxy: Sendable {
    private struct State {
        var isHalted = false
        /// Counts the silences, so that connections of an earlier one never come to life again.
        var silence = 0
        var sockets: [LoopbackSocket] = []
        var isClosed = false
    }

    private let listener: LoopbackListener
    private let server: PostgresConfiguration
    private let state = Lock(State())

    init(to server: PostgresConfiguration) throws {
        self.server = server
        listener = try LoopbackListener()
        onThread { [self] in serve() }
    }

    /// The server, by way of the proxy.
    var configuration: PostgresConfiguration {
        var configuration = server
        configuration.host = "127.0.0.1"
        configuration.port = listener.port
        return configuration
    }

    /// Lets nothing pass any more; those who are connected learn nothing of it.
    func halt() {
        state.withLock { state in
            state.isHalted = true
            state.silence += 1
        }
    }

    /// Lets connections pass that come from now on, and those that have come since the silence began.
    func resume() { state.withLock { $0.isHalted = false } }

    func close() {
        listener.close()
        let sockets = state.withLock { state in
            state.isClosed = true
            defer { state.sockets = [] }
            return state.sockets
        }
        for socket in sockets { socket.end() }
    }

    private func serve() {
        while let client = try? listener.accept() {
            guard let server = try? LoopbackSocket.connect(port: server.port) else { continue }
            let silence = state.withLock { state in
                state.sockets += [client, server]
                return state.silence
            }
            onThread { [self] in pass(from: client, to: server, silence) }
            onThread { [self] in pass(from: server, to: client, silence) }
        }
    }

    private func pass(from source: LoopbackSocket, to target: LoopbackSocket, _ silence: Int) {
        while true {
            let bytes: [UInt8]
            do {
                bytes = try source.read()
            } catch let fault as LoopbackSocket.Fault where fault.code == EAGAIN || fault.code == EINTR {
                // A quiet connection, not a broken one.
                continue
            } catch {
                break
            }
            guard !bytes.isEmpty else { break }
            while state.withLock({ $0.isHalted && $0.silence == silence && !$0.isClosed }) { usleep(2_000) }
            // Bytes of a connection that was there when the silence began are lost.
            if state.withLock({ $0.silence != silence }) { continue }
            guard (try? target.write(bytes)) != nil else { break }
        }
        source.end()
        target.end()
    }

    private func onThread(_ body: @escaping @Sendable () -> Void) {
        DispatchQueue(label: "HaltingProxy").async(execute: body)
    }
}
