public import JSONModel

/// Everything that is stored about an agent but its id.
public struct AgentDefinition: Hashable, Sendable {
    /// The name, unique among the agents of a tenant.
    public var name: String
    /// What the agent is for.
    public var summary: String?
    /// The model that it calls.
    public var model: String
    /// The provider of the model; nil in rows that name none.
    public var provider: String?
    /// The instructions that every call begins with.
    public var systemPrompt: String
    /// The sampling temperature; stored as a `real` and read back as the shortest decimal of that.
    public var temperature: Double
    /// How many steps one call may take, at least 1.
    public var maxSteps: Int
    /// How many tokens one answer may have; nil leaves it to the provider.
    public var maxOutputTokens: Int?
    /// Where its tools come from.
    public var tools: [ToolSource]
    /// What it may do; nil is no ceiling at all, which differs from permissions that permit nothing.
    public var permissions: AgentPermissions?
    /// Settings for the provider, by provider.
    public var providerOptions: JSONObject?
    /// How capable a model is wanted when the engine chooses: `high`, `medium` or `low` by convention.
    public var modelPreference: String?

    /// Creates a definition; without permissions the agent may do nothing.
    public init(
        name: String, summary: String? = nil, model: String, provider: String?, systemPrompt: String,
        temperature: Double = 0.7, maxSteps: Int = 10, maxOutputTokens: Int? = nil, tools: [ToolSource] = [],
        permissions: AgentPermissions? = AgentPermissions(sandbox: false),
        providerOptions: JSONObject? = nil, modelPreference: String? = nil
    ) {
        self.name = name
        self.summary = summary
        self.model = model
        self.provider = provider
        self.systemPrompt = systemPrompt
        self.temperature = temperature
        self.maxSteps = maxSteps
        self.maxOutputTokens = maxOutputTokens
        self.tools = tools
        self.permissions = permissions
        self.providerOptions = providerOptions
        self.modelPreference = modelPreference
    }
}
