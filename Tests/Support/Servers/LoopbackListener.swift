#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Waits for connections on a free port of the loopback address.
package final class LoopbackListener: Sendable {
    private let socket: LoopbackSocket

    /// The port that the system has chosen.
    package let port: Int

    /// Begins to listen.
    package init() throws {
        socket = try LoopbackSocket.make()
        let descriptor = socket.descriptor
        var address = LoopbackSocket.address(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        try withUnsafeMutablePointer(to: &address) { pointer in
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
                try LoopbackSocket.check("bind") { bind(descriptor, raw, length) }
                try LoopbackSocket.check("listen") { listen(descriptor, 64) }
                try LoopbackSocket.check("getsockname") { getsockname(descriptor, raw, &length) }
            }
        }
        port = Int(UInt16(bigEndian: address.sin_port))
    }

    /// Takes the next connection; throws once `close()` was called.
    package func accept() throws -> LoopbackSocket {
        let connection = LoopbackSocket(
            try LoopbackSocket.check("accept") { take(socket.descriptor, nil, nil) })
        connection.prepare()
        return connection
    }

    /// Refuses further connections and wakes a thread in `accept()`.
    package func close() { socket.end() }
}

#if canImport(Darwin)
private let take = Darwin.accept
#elseif canImport(Musl)
private let take = Musl.accept
#else
private let take = Glibc.accept
#endif
