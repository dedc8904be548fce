/// When the system looks whether a silent peer is still there, and when it gives it up.
///
/// nil leaves a number to the system. Unix sockets need none of it.
/// Source: PostgreSQL 18 manual, "Parameter Key Words", `keepalives` and `tcp_user_timeout`.
public struct SocketKeepalive: Sendable, Hashable {
    /// Whether the system looks at all.
    public var isOn = true
    /// After how many seconds of silence.
    public var idleSeconds: Int?
    /// How many seconds between two looks.
    public var intervalSeconds: Int?
    /// How many looks without an answer end the connection.
    public var count: Int?
    /// How many milliseconds sent data may stay without an acknowledgement; only on Linux.
    public var userTimeoutMilliseconds: Int?

    /// Leaves the numbers to the system.
    public init() {}
}
