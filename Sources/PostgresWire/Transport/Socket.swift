internal import CReadiness

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A connected, non-blocking stream socket.
///
/// Its descriptor is closed when nobody holds the socket any more, so a thread that still waits on it never
/// meets another file under the same number.
final class Socket: Sendable {
    let descriptor: Int32
    /// The encryption; nil for a connection in the clear.
    let tls: TLSSession?
    private let owner: DescriptorOwner
    /// Who is shown what is sent and received; nil for nobody.
    private let recorder: WireRecorder?

    /// What a read or write came to.
    enum Outcome {
        case bytes(Int)
        case wouldBlock
        case end
        case failed(Int32)
        case failedTLS(String)
    }

    init(descriptor: Int32) {
        self.descriptor = descriptor
        owner = DescriptorOwner(descriptor)
        tls = nil
        recorder = nil
    }

    /// The same connection, shown to `trace` from here on.
    init(_ socket: Socket, shownTo trace: WireTrace) {
        descriptor = socket.descriptor
        owner = socket.owner
        tls = socket.tls
        recorder = WireRecorder(trace)
    }

    /// The same connection, encrypted from here on.
    init(_ plain: Socket, encryptedBy tls: TLSSession) {
        descriptor = plain.descriptor
        owner = plain.owner
        recorder = plain.recorder
        self.tls = tls
    }

    /// Whether a read that filled less than its buffer may have left something behind.
    var readsInPieces: Bool { tls != nil }

    func send(_ bytes: UnsafeRawBufferPointer) -> Outcome {
        let outcome = write(bytes)
        if let recorder, case .bytes(let count) = outcome {
            recorder.sent(UnsafeRawBufferPointer(rebasing: bytes[..<count]))
        }
        return outcome
    }

    func receive(_ bytes: UnsafeMutableRawBufferPointer) -> Outcome {
        let outcome = read(bytes)
        if let recorder, case .bytes(let count) = outcome {
            recorder.received(UnsafeRawBufferPointer(rebasing: bytes[..<count]))
        }
        return outcome
    }

    private func write(_ bytes: UnsafeRawBufferPointer) -> Outcome {
        if let tls { return tls.send(bytes) }
        while true {
            let count = creadiness_send(descriptor, bytes.baseAddress, bytes.count)
            if count >= 0 { return .bytes(count) }
            if errno == EINTR { continue }
            return errno == EAGAIN || errno == EWOULDBLOCK ? .wouldBlock : .failed(errno)
        }
    }

    private func read(_ bytes: UnsafeMutableRawBufferPointer) -> Outcome {
        if let tls { return tls.receive(bytes) }
        while true {
            let count = creadiness_receive(descriptor, bytes.baseAddress, bytes.count)
            if count > 0 { return .bytes(count) }
            if count == 0 { return .end }
            if errno == EINTR { continue }
            return errno == EAGAIN || errno == EWOULDBLOCK ? .wouldBlock : .failed(errno)
        }
    }

    /// Whether bytes wait to be read, encrypted or not.
    var hasUnread: Bool {
        var byte: UInt8 = 0
        return recv(descriptor, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT)) > 0
    }

    /// Waits on the caller's thread; false if the time passed.
    func waitUntilReady(_ interest: Interest, microseconds: Int64) -> Bool {
        creadiness_wait_one(descriptor, interest.rawValue, microseconds) != 0
    }

    /// Whether a write would not wait, or fail at once.
    var isWritable: Bool {
        while true {
            let ready = creadiness_wait_one(descriptor, Interest.write.rawValue, 0)
            // An interruption says nothing: whoever takes it for "not yet" may wait for ever.
            guard ready < 0, errno == EINTR else { return ready > 0 }
        }
    }

    /// Ends both directions, which wakes whoever waits.
    func shutDown() { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }
}

/// Closes a descriptor with its last holder.
private final class DescriptorOwner: Sendable {
    private let descriptor: Int32

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit { _ = close(descriptor) }
}
