#if os(Linux)
#if canImport(Glibc)
import Glibc
#else
import Musl
#endif
import Foundation
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Passes connections on to a server on loopback and keeps what clients say on each.
final class RecordingProxy: Sendable {
    let port: Int
    private let listener: Int32
    private let said = Mutex<[[UInt8]]>([])

    /// What clients have said so far, one element a connection.
    var connections: [[UInt8]] { said.withLock { $0 } }

    init(to target: Int) throws {
        let (listener, port) = try Self.openListener()
        self.listener = listener
        self.port = port
        Thread.detachNewThread { [self] in
            while true {
                let client = accept(listener, nil, nil)
                if client < 0 { break }
                guard let server = Self.dial(target) else {
                    close(client)
                    continue
                }
                let index = said.withLock { said in
                    said.append([])
                    return said.count - 1
                }
                Thread.detachNewThread { [self] in pass(client, server) { bytes in keep(bytes, index) } }
                Thread.detachNewThread { [self] in pass(server, client) { _ in } }
            }
            close(listener)
        }
    }

    /// Stops to listen.
    func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

    private func keep(_ bytes: [UInt8], _ index: Int) { said.withLock { $0[index] += bytes } }

    /// Copies until the end, which it passes on, too.
    ///
    /// The descriptors stay open: a test makes few of them.
    private func pass(_ source: Int32, _ target: Int32, _ note: ([UInt8]) -> Void) {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(source, &buffer, buffer.count)
            guard count > 0 else { break }
            note(Array(buffer.prefix(count)))
            var sent = 0
            while sent < count {
                let written = buffer.withUnsafeBytes { bytes in
                    send(
                        target, bytes.baseAddress?.advanced(by: sent), count - sent,
                        Int32(MSG_NOSIGNAL))
                }
                guard written > 0 else { return }
                sent += written
            }
        }
        shutdown(target, Int32(SHUT_WR))
    }

    private static func loopback(_ port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return address
    }

    private static func openListener() throws -> (Int32, Int) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = loopback(0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, size) == 0 && listen(listener, 16) == 0
                    && getsockname(listener, address, &size) == 0
            }
        }
        guard result else { throw TestShell.Failure(text: "no socket for the proxy") }
        return (listener, Int(UInt16(bigEndian: address.sin_port)))
    }

    private static func dial(_ port: Int) -> Int32? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = loopback(port)
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                connect(descriptor, address, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        return result == 0 ? descriptor : nil
    }
}
#endif
