import JSONModel

/// The programs that may be started as MCP servers.
public enum MCPCommand: String, Hashable, Sendable, CaseIterable {
    /// Runs a package of npm.
    case npx
    /// Runs JavaScript.
    case node
    /// Runs Python 3.
    case python3
    /// Runs Python.
    case python
    /// Runs a package of PyPI.
    case uvx
}

extension MCPCommand: JSONConvertible {}
