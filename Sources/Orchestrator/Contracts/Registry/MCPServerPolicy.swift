import FoundationEssentials

/// Which MCP servers are admitted; every read and every write of a registry asks for it anew.
public struct MCPServerPolicy: Hashable, Sendable {
    /// Whether processes may be started.
    public var allowsProcesses: Bool
    /// Whether addresses may lead into this machine and private networks; then their scheme is not checked
    /// either.
    public var allowsPrivateAddresses: Bool

    /// Creates a policy; without arguments processes are admitted and private addresses are not.
    public init(allowsProcesses: Bool = true, allowsPrivateAddresses: Bool = false) {
        self.allowsProcesses = allowsProcesses
        self.allowsPrivateAddresses = allowsPrivateAddresses
    }

    /// The policy that an environment names.
    ///
    /// `MCP_STDIO_DISABLED` refuses processes and `CYCGRAPH_ALLOW_PRIVATE_MCP_URLS` admits private addresses,
    /// each if it is exactly `true`.
    public init(environment: [String: String]) {
        self.init(
            allowsProcesses: environment["MCP_STDIO_DISABLED"] != "true",
            allowsPrivateAddresses: environment["CYCGRAPH_ALLOW_PRIVATE_MCP_URLS"] == "true")
    }

    /// The policy of this process's environment, read now.
    public static func current() -> MCPServerPolicy {
        MCPServerPolicy(environment: ProcessInfo.processInfo.environment)
    }
}
