#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A blocking TCP socket on the loopback address, for the threads of tests; every wait ends after ten seconds.
package final class LoopbackSocket: Sendable {
    /// A call to the system that failed.
    package struct Fault: Error {
        package let call: String
        package let code: Int32
    }

    let descriptor: Int32

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// Connects to a port of this machine.
    package static func connect(port: Int) throws -> LoopbackSocket {
        let socket = try LoopbackSocket.make()
        var address = LoopbackSocket.address(port: port)
        try check("connect") {
            withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    systemConnect(socket.descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
        }
        socket.prepare()
        return socket
    }

    /// Reads what is there, at least one byte and at most `maximum`; empty at the end.
    package func read(_ maximum: Int = 65_536) throws -> [UInt8] {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: maximum) { buffer, count in
            let result = recv(descriptor, buffer.baseAddress, maximum, 0)
            if result < 0 { failure = errno }
            count = max(0, result)
        }
        guard failure == 0 else { throw Fault(call: "recv", code: failure) }
        return bytes
    }

    /// Writes all of `bytes`.
    package func write(_ bytes: some Collection<UInt8>) throws {
        let bytes = Array(bytes)
        var sent = 0
        while sent < bytes.count {
            let result = bytes[sent...].withUnsafeBytes {
                send(descriptor, $0.baseAddress, $0.count, noSignal)
            }
            guard result > 0 else { throw Fault(call: "send", code: errno) }
            sent += result
        }
    }

    /// Reads what comes within `window` after now; empty if nothing does.
    package func readMore(for window: Duration) -> [UInt8] {
        let parts = window.components
        usleep(UInt32(clamping: parts.seconds * 1_000_000 + parts.attoseconds / 1_000_000_000_000))
        let maximum = 1_048_576
        return [UInt8](unsafeUninitializedCapacity: maximum) { buffer, count in
            count = max(0, recv(descriptor, buffer.baseAddress, maximum, Int32(MSG_DONTWAIT)))
        }
    }

    /// Sends the end of the data and goes on reading.
    package func endWriting() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Wakes a thread that reads, and lets it read nothing more; the peer does not notice.
    package func endReading() { shutdown(descriptor, Int32(SHUT_RD)) }

    /// Ends both directions, which also wakes a thread that reads.
    package func end() { shutdown(descriptor, Int32(SHUT_RDWR)) }

    /// Lets the coming close reset the connection, so that the peer gets an error in place of an end.
    package func resetOnClose() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    static func make() throws -> LoopbackSocket {
        LoopbackSocket(try check("socket") { socket(AF_INET, streamType, 0) })
    }

    func prepare() {
        var enabled: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &enabled, socklen_t(MemoryLayout<Int32>.size))
        #if canImport(Darwin)
        setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &enabled, socklen_t(MemoryLayout<Int32>.size))
        #endif
        limitWaits()
    }

    func limitWaits() {
        var limit = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    /// Lifts the limit of waits, for connections that may be idle.
    package func waitForEver() {
        var none = timeval(tv_sec: 0, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &none, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &none, socklen_t(MemoryLayout<timeval>.size))
    }

    static func address(port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(truncatingIfNeeded: port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return address
    }

    @discardableResult
    static func check(_ call: String, _ body: () -> Int32) throws -> Int32 {
        let result = body()
        guard result >= 0 else { throw Fault(call: call, code: errno) }
        return result
    }
}

#if canImport(Darwin)
private let noSignal: Int32 = 0
private let streamType = SOCK_STREAM
private let systemConnect = Darwin.connect
#elseif canImport(Musl)
private let noSignal = Int32(MSG_NOSIGNAL)
private let streamType = SOCK_STREAM
private let systemConnect = Musl.connect
#else
private let noSignal = Int32(MSG_NOSIGNAL)
private let streamType = Int32(SOCK_STREAM.rawValue)
private let systemConnect = Glibc.connect
#endif
