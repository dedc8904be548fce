internal import COpenSSL
internal import CReadiness

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// OpenSSL's way to a non-blocking socket: its own would raise SIGPIPE when the peer has gone.
enum SocketBIO {
    /// `nonisolated(unsafe)`: made once, never changed, and OpenSSL only reads it.
    private nonisolated(unsafe) static let method: OpaquePointer? = {
        let kind = BIO_get_new_index() | Int32(BIO_TYPE_SOURCE_SINK)
        guard let method = BIO_meth_new(kind, "socket without SIGPIPE") else { return nil }
        BIO_meth_set_write(method, sendBytes)
        BIO_meth_set_read(method, receiveBytes)
        BIO_meth_set_ctrl(method, control)
        return method
    }()

    /// Makes a BIO over a descriptor, which it does not own.
    static func make(_ descriptor: Int32) -> OpaquePointer? {
        guard let method, let bio = BIO_new(method) else { return nil }
        BIO_set_data(bio, UnsafeMutableRawPointer(bitPattern: Int(descriptor) + 1))
        BIO_set_init(bio, 1)
        return bio
    }

    fileprivate static func descriptor(_ bio: OpaquePointer?) -> Int32 {
        Int32(Int(bitPattern: BIO_get_data(bio)) - 1)
    }

    fileprivate static let retryFlags = Int32(
        BIO_FLAGS_READ | BIO_FLAGS_WRITE | BIO_FLAGS_IO_SPECIAL | BIO_FLAGS_SHOULD_RETRY)

    fileprivate static func note(_ bio: OpaquePointer?, _ flag: Int32) {
        guard errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR else { return }
        BIO_set_flags(bio, flag | Int32(BIO_FLAGS_SHOULD_RETRY))
    }
}

private func sendBytes(_ bio: OpaquePointer?, _ bytes: UnsafePointer<CChar>?, _ count: Int32) -> Int32 {
    BIO_clear_flags(bio, SocketBIO.retryFlags)
    let sent = creadiness_send(SocketBIO.descriptor(bio), bytes, Int(count))
    if sent < 0 { SocketBIO.note(bio, Int32(BIO_FLAGS_WRITE)) }
    return Int32(sent)
}

private func receiveBytes(_ bio: OpaquePointer?, _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int32)
    -> Int32
{
    BIO_clear_flags(bio, SocketBIO.retryFlags)
    let received = creadiness_receive(SocketBIO.descriptor(bio), bytes, Int(count))
    if received < 0 { SocketBIO.note(bio, Int32(BIO_FLAGS_READ)) }
    return Int32(received)
}

private func control(_: OpaquePointer?, _ command: Int32, _: Int, _: UnsafeMutableRawPointer?) -> Int {
    command == BIO_CTRL_FLUSH ? 1 : 0
}
