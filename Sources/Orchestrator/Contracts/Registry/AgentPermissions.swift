public import JSONModel

/// What an agent may do.
public struct AgentPermissions: Hashable, Sendable {
    /// Whether the agent's tools run in a sandbox; nil if nothing was said.
    public var sandbox: Bool?
    /// The memory keys that the agent sees; `*` means all.
    public var readKeys: [String]
    /// The memory keys that the agent may change; `*` means all.
    public var writeKeys: [String]
    /// What one run of the agent may cost, in US dollars; nil for no limit.
    public var budgetUSD: Double?

    /// Creates permissions; without arguments they permit nothing.
    public init(
        sandbox: Bool? = nil, readKeys: [String] = [], writeKeys: [String] = [], budgetUSD: Double? = nil
    ) {
        self.sandbox = sandbox
        self.readKeys = readKeys
        self.writeKeys = writeKeys
        self.budgetUSD = budgetUSD
    }
}

extension AgentPermissions: JSONConvertible {
    /// Reads the stored form; absent lists are empty.
    ///
    /// - Throws: `WorkflowShapeError` with the place of the first difference.
    public init(json: JSONValue) throws(WorkflowShapeError) {
        var fields = try FieldReader(json)
        sandbox = try fields.optional("sandbox")
        readKeys = try fields.value("read_keys", default: [])
        writeKeys = try fields.value("write_keys", default: [])
        budgetUSD = try fields.optional("budget_usd")
    }

    /// The stored form.
    public var json: JSONValue {
        var fields = FieldWriter()
        fields.write(sandbox, as: "sandbox")
        fields.write(readKeys, as: "read_keys")
        fields.write(writeKeys, as: "write_keys")
        fields.write(budgetUSD, as: "budget_usd")
        return fields.json
    }
}
