public import JSONModel
public import StoreContracts

/// An MCP server that agents may use.
public struct MCPServer: Hashable, Sendable {
    /// The longest timeout that is admitted.
    public static let maximumTimeout = Duration.seconds(3600)

    /// The id, of ASCII letters, digits, `_` and `-`; unique over all tenants.
    public var id: String
    /// The name that people see.
    public var name: String
    /// What the server is for.
    public var summary: String?
    /// How it is reached.
    public var transport: MCPTransport
    /// The agents that may use it; nil is every agent, an empty list none.
    public var allowedAgents: [String]?
    /// How long a connection may take, 1 ms to an hour.
    public var timeout: Duration
    /// How long a tool may take, 1 ms to an hour; nil leaves it to the engine.
    public var toolTimeout: Duration?
    /// How many calls may run at once, at least 1.
    public var maxConcurrentCalls: Int?
    /// How often a failed call is tried again, 0 to 10.
    public var maxRetries: Int?

    /// Creates a server.
    public init(
        id: String, name: String, summary: String? = nil, transport: MCPTransport,
        allowedAgents: [String]? = nil, timeout: Duration = .seconds(30), toolTimeout: Duration? = nil,
        maxConcurrentCalls: Int? = nil, maxRetries: Int? = nil
    ) {
        self.id = id
        self.name = name
        self.summary = summary
        self.transport = transport
        self.allowedAgents = allowedAgents
        self.timeout = timeout
        self.toolTimeout = toolTimeout
        self.maxConcurrentCalls = maxConcurrentCalls
        self.maxRetries = maxRetries
    }

    /// Reads what people write, in camelCase or snake_case; unknown keys are dropped.
    ///
    /// - Throws: `invalidArgument` with the place of the first difference.
    public init(authored json: JSONValue) throws(StoreError) {
        do {
            try self.init(json: AuthoringKeys.remap(json))
        } catch {
            throw StoreError(.invalidArgument(name: "mcp_server"), cause: error.description)
        }
    }

    /// Checks everything but the shape: the id, the bounds, and what the policy admits.
    ///
    /// - Throws: `invalidArgument` with the name of the field; the cause never holds the value.
    public func validate(under policy: MCPServerPolicy = .current()) throws(StoreError) {
        try require(ToolSource.isIdentifier(id), "id", "it must be letters, digits, _ and -")
        try require(!name.isEmpty, "name", "it is empty")
        try requireTimeout(timeout, "timeout_ms")
        if let toolTimeout { try requireTimeout(toolTimeout, "tool_timeout_ms") }
        if let calls = maxConcurrentCalls {
            try require(
                (1...Int(Int32.max)).contains(calls), "max_concurrent_calls", "it is not in 1...2147483647")
        }
        if let retries = maxRetries {
            try require((0...10).contains(retries), "max_retries", "it is not in 0...10")
        }
        switch transport {
        case .stdio:
            try require(policy.allowsProcesses, "transport", "processes are refused by MCP_STDIO_DISABLED")
        case .http(let url, _), .sse(let url, _):
            if let reason = MCPAddressGuard.objection(to: url, under: policy) {
                throw StoreError(.invalidArgument(name: "transport.url"), cause: reason)
            }
        }
    }

    private func requireTimeout(_ timeout: Duration, _ name: String) throws(StoreError) {
        try require(
            timeout >= .milliseconds(1) && timeout <= Self.maximumTimeout, name, "it is not in 1...3600000")
        try require(timeout == timeout.wholeMilliseconds, name, "it has a fraction of a millisecond")
    }

    private func require(_ holds: Bool, _ name: String, _ cause: String) throws(StoreError) {
        guard holds else { throw StoreError(.invalidArgument(name: name), cause: cause) }
    }
}

extension MCPServer: JSONConvertible {
    /// Reads the wire form; unknown keys are dropped.
    ///
    /// - Throws: `WorkflowShapeError`.
    public init(json: JSONValue) throws(WorkflowShapeError) {
        var fields = try FieldReader(json)
        self.init(
            id: try fields.required("id"), name: try fields.required("name"),
            summary: try fields.optional("description"), transport: try fields.required("transport"),
            allowedAgents: try fields.optional("allowed_agents"),
            timeout: try fields.value("timeout_ms", default: .seconds(30)),
            toolTimeout: try fields.optional("tool_timeout_ms"),
            maxConcurrentCalls: try fields.optional("max_concurrent_calls"),
            maxRetries: try fields.optional("max_retries"))
    }

    /// The wire form.
    public var json: JSONValue {
        var fields = FieldWriter()
        fields.write(id, as: "id")
        fields.write(name, as: "name")
        fields.write(summary, as: "description")
        fields.write(transport, as: "transport")
        fields.write(allowedAgents, as: "allowed_agents")
        fields.write(timeout, as: "timeout_ms")
        fields.write(toolTimeout, as: "tool_timeout_ms")
        fields.write(maxConcurrentCalls, as: "max_concurrent_calls")
        fields.write(maxRetries, as: "max_retries")
        return fields.json
    }

    /// Reads a stored server and validates it as a new one is.
    ///
    /// - Throws: `corruptRecord` with the server's id.
    package init(stored json: JSONValue, under policy: MCPServerPolicy) throws(StoreError) {
        let id = json["id"]?.stringValue ?? "a row"
        do {
            try self.init(json: json)
        } catch {
            throw StoreError(.corruptRecord(table: "mcp_servers", id: id), cause: error.description)
        }
        do throws(StoreError) {
            try validate(under: policy)
        } catch {
            throw StoreError(
                .corruptRecord(table: "mcp_servers", id: id),
                cause: [error.code.sentence, error.cause].compactMap { $0 }.joined(separator: " "))
        }
    }
}
