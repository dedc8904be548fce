import Foundation
import Locking

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A listener on loopback that answers every connection as a script says, and keeps what it was sent.
final class ScriptedPeer: Sendable {
    /// One accepted connection; its calls block.
    struct Line {
        fileprivate let descriptor: Int32
        fileprivate let peer: ScriptedPeer

        /// Sends bytes.
        func send(_ bytes: [UInt8]) {
            _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        }

        /// Reads what is there, waiting for something at first; empty at the end.
        @discardableResult
        func receive() -> [UInt8] {
            var buffer = [UInt8](repeating: 0, count: 65_536)
            let count = read(descriptor, &buffer, buffer.count)
            let bytes = Array(buffer.prefix(max(0, count)))
            peer.heard.withLock { $0 += bytes }
            return bytes
        }
    }

    let port: Int
    private let listener: Int32
    private let heard = Lock<[UInt8]>([])

    /// Everything that was received so far, on all connections.
    var received: [UInt8] { heard.withLock { $0 } }

    /// Listens on a free port of 127.0.0.1.
    init(_ script: @escaping @Sendable (Line) -> Void) throws {
        let listener = Self.socket(AF_INET)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, size) == 0 && listen(listener, 16) == 0
                    && getsockname(listener, address, &size) == 0
            }
        }
        guard result else { throw Unusable() }
        self.listener = listener
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [self] in serve(script) }
    }

    /// Listens on the Unix socket with an abstract name, which stands without its `@`; only on Linux.
    init(abstractName: String, _ script: @escaping @Sendable (Line) -> Void) throws {
        let listener = Self.socket(AF_UNIX)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let name = Array(abstractName.utf8)
        withUnsafeMutableBytes(of: &address.sun_path) { path in
            for (index, byte) in name.enumerated() { path[index + 1] = byte }
        }
        let size = socklen_t(MemoryLayout<sa_family_t>.size + 1 + name.count)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, size) == 0 && listen(listener, 16) == 0
            }
        }
        guard result else { throw Unusable() }
        self.listener = listener
        port = 5_432
        Thread.detachNewThread { [self] in serve(script) }
    }

    private static func socket(_ family: Int32) -> Int32 {
        #if canImport(Glibc)
        Glibc.socket(family, Int32(SOCK_STREAM.rawValue), 0)
        #elseif canImport(Musl)
        Musl.socket(family, SOCK_STREAM, 0)
        #else
        Darwin.socket(family, SOCK_STREAM, 0)
        #endif
    }

    /// No socket could be had.
    struct Unusable: Error {}

    /// Stops to listen.
    func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

    private func serve(_ script: @escaping @Sendable (Line) -> Void) {
        while true {
            let descriptor = accept(listener, nil, nil)
            if descriptor < 0 { break }
            Thread.detachNewThread { [self] in
                script(Line(descriptor: descriptor, peer: self))
                close(descriptor)
            }
        }
        close(listener)
    }
}
