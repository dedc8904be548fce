#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Where a stream socket can connect to: a family and the bytes of a `sockaddr`.
struct SocketAddress: Sendable {
    let family: Int32
    let bytes: [UInt8]

    /// The path of a Unix socket, at most 107 bytes on Linux, 103 on macOS; or an abstract name after `@` on Linux.
    static func unix(path: String) throws(PostgresError) -> SocketAddress {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let capacity = MemoryLayout.size(ofValue: address.sun_path)
        let utf8 = Array(path.utf8)
        guard utf8.count < capacity else {
            throw PostgresError(
                .invalidConfiguration, effect: .none,
                reason:
                    "the path of the Unix socket is longer than \(capacity - 1) bytes. Use a shorter folder")
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: utf8) }
        guard utf8.first == UInt8(ascii: "@") else {
            return SocketAddress(family: AF_UNIX, bytes: withUnsafeBytes(of: address) { Array($0) })
        }
        // An abstract name begins with a zero byte and is as long as the address says.
        let offset = MemoryLayout<sockaddr_un>.size - capacity
        var bytes = withUnsafeBytes(of: address) { Array($0.prefix(offset + utf8.count)) }
        bytes[offset] = 0
        return SocketAddress(family: AF_UNIX, bytes: bytes)
    }

    /// All addresses of a host, in the order the system prefers.
    ///
    /// It may block for as long as the resolver takes.
    static func resolve(
        host: String, port: Int, isNumeric: Bool = false
    ) throws(PostgresError) -> [SocketAddress] {
        var hints = addrinfo()
        if isNumeric { hints.ai_flags = AI_NUMERICHOST }
        hints.ai_family = AF_UNSPEC
        #if canImport(Darwin)
        hints.ai_socktype = SOCK_STREAM
        #else
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #endif
        var list: UnsafeMutablePointer<addrinfo>?
        let result = getaddrinfo(host, String(port), &hints, &list)
        guard result == 0 else {
            let text = String(cString: gai_strerror(result))
            throw PostgresError(
                .connectionFailed, effect: .none,
                reason: "the host \"\(host)\" cannot be resolved (\(text)). Check the name")
        }
        defer { freeaddrinfo(list) }
        var addresses: [SocketAddress] = []
        var next = list
        while let entry = next {
            if let address = entry.pointee.ai_addr {
                let bytes = UnsafeRawBufferPointer(start: address, count: Int(entry.pointee.ai_addrlen))
                addresses.append(SocketAddress(family: entry.pointee.ai_family, bytes: Array(bytes)))
            }
            next = entry.pointee.ai_next
        }
        return addresses
    }

    /// Opens a socket and connects it, or says why not.
    func connect(by deadline: Deadline, _ keepalive: SocketKeepalive) -> Result<Socket, ConnectFault> {
        #if canImport(Darwin)
        let descriptor = socket(family, SOCK_STREAM, 0)
        #else
        let descriptor = socket(family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        #endif
        guard descriptor >= 0 else { return .failure(.system(errno)) }
        let socket = Socket(descriptor: descriptor)
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        if family != AF_UNIX { configure(descriptor, keepalive) }
        // After a signal the connection may be on its way already, or be made.
        var result: Int32
        repeat { result = begin(descriptor) } while result != 0 && errno == EINTR
        if result == 0 || errno == EISCONN { return .success(socket) }
        // A Unix socket whose queue is full says EAGAIN and never becomes ready: the caller tries again.
        guard errno == EINPROGRESS || errno == EALREADY else { return .failure(.system(errno)) }
        guard Self.waitUntilWritable(socket, by: deadline) else { return .failure(.timedOut) }
        var code: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size)
        return code == 0 ? .success(socket) : .failure(.system(code))
    }

    private func begin(_ descriptor: Int32) -> Int32 {
        bytes.withUnsafeBytes { bytes in
            bytes.withMemoryRebound(to: sockaddr.self) { address in
                Self.system(connect: descriptor, address.baseAddress, socklen_t(bytes.count))
            }
        }
    }

    /// Waits again after a signal, which must not pass for a connection.
    private static func waitUntilWritable(_ socket: Socket, by deadline: Deadline) -> Bool {
        while true {
            let left = deadline.microsecondsLeft
            guard left > 0, socket.waitUntilReady(.write, microseconds: left) else { return false }
            if socket.isWritable { return true }
        }
    }

    /// Why an address could not be connected to.
    enum ConnectFault: Error {
        case timedOut
        case system(Int32)
    }

    private func configure(_ descriptor: Int32, _ keepalive: SocketKeepalive) {
        func set(_ level: Int32, _ option: Int32, _ value: Int?) {
            guard let value else { return }
            var number = Int32(clamping: value)
            setsockopt(descriptor, level, option, &number, socklen_t(MemoryLayout<Int32>.size))
        }
        let tcp = Int32(IPPROTO_TCP)
        set(tcp, TCP_NODELAY, 1)
        set(SOL_SOCKET, SO_KEEPALIVE, keepalive.isOn ? 1 : 0)
        if keepalive.isOn {
            #if canImport(Darwin)
            set(tcp, TCP_KEEPALIVE, keepalive.idleSeconds)
            #else
            set(tcp, TCP_KEEPIDLE, keepalive.idleSeconds)
            #endif
            set(tcp, TCP_KEEPINTVL, keepalive.intervalSeconds)
            set(tcp, TCP_KEEPCNT, keepalive.count)
        }
        #if canImport(Darwin)
        set(SOL_SOCKET, SO_NOSIGPIPE, 1)
        #else
        set(tcp, TCP_USER_TIMEOUT, keepalive.userTimeoutMilliseconds)
        #endif
    }

    private static func system(
        connect descriptor: Int32, _ address: UnsafePointer<sockaddr>?, _ length: socklen_t
    ) -> Int32 {
        #if canImport(Glibc)
        Glibc.connect(descriptor, address, length)
        #elseif canImport(Musl)
        Musl.connect(descriptor, address, length)
        #else
        Darwin.connect(descriptor, address, length)
        #endif
    }
}
