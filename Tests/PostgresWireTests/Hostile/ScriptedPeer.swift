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

    init(_ script: @escaping @Sendable (Line) -> Void) throws {
        #if canImport(Darwin)
        let listener = socket(AF_INET, SOCK_STREAM, 0)
        #else
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #endif
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
