/// Where one server listens.
public struct PostgresEndpoint: Sendable, Hashable {
    /// A host name or address, or the folder of a Unix socket if it begins with `/`, or an abstract one with `@`.
    public var host: String
    /// The port; for a Unix socket it is part of the socket's name.
    public var port: Int
    /// The address to connect to instead of asking for that of `host`.
    public var address: String?

    /// Names a server.
    public init(host: String, port: Int = 5_432, address: String? = nil) {
        self.host = host
        self.port = port
        self.address = address
    }

    /// Whether it is a Unix socket.
    public var isUnixSocket: Bool { address == nil && (host.hasPrefix("/") || host.hasPrefix("@")) }

    /// Whether what is sent there stays within this machine: both host and address must say so.
    ///
    /// A foreign name at a loopback address is the near end of a tunnel.
    public var isLocal: Bool {
        let isNamedLocal = isUnixSocket || host == "localhost" || Self.isLoopback(host)
        guard let address else { return isNamedLocal }
        return Self.isLoopback(address) && (host.isEmpty || isNamedLocal)
    }

    private static func isLoopback(_ address: String) -> Bool {
        if address == "::1" { return true }
        let parts = address.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}

extension PostgresEndpoint: CustomStringConvertible {
    /// Host and port, an IPv6 address in brackets.
    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
