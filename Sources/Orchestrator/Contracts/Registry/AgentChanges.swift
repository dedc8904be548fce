public import JSONModel
public import StoreContracts

/// Which fields of an agent to change; nil leaves a field as it is.
///
/// Fields that may be absent are optionals of optionals: `.some(nil)` removes what is stored.
public struct AgentChanges: Hashable, Sendable {
    /// The new name.
    public var name: String?
    /// The new description.
    public var summary: String??
    /// The new model.
    public var model: String?
    /// The new provider.
    public var provider: String?
    /// The new instructions.
    public var systemPrompt: String?
    /// The new temperature.
    public var temperature: Double?
    /// The new limit of steps.
    public var maxSteps: Int?
    /// The new limit of tokens.
    public var maxOutputTokens: Int??
    /// The new tools, in place of all.
    public var tools: [ToolSource]?
    /// The new permissions, as given; `.some(nil)` takes every ceiling away.
    public var permissions: AgentPermissions??
    /// The new settings for the provider.
    public var providerOptions: JSONObject??
    /// The new preference.
    public var modelPreference: String??

    /// Changes nothing.
    public init() {}

    /// Reads what people write, in camelCase or snake_case; only keys that are there change something.
    ///
    /// - Throws: `invalidArgument`, also for null where a value is required.
    public init(authored json: JSONValue) throws(StoreError) {
        let json = AuthoringKeys.remap(json)
        for key in ["name", "model", "provider", "system_prompt", "temperature", "max_steps", "tools"]
        where json[key]?.isNull == true {
            throw StoreError(.invalidArgument(name: key), cause: "\(key) cannot be null")
        }
        do {
            var fields = try FieldReader(json)
            name = try fields.optional("name")
            summary = try Self.nullable("description", json, &fields)
            model = try fields.optional("model")
            provider = try fields.optional("provider")
            systemPrompt = try fields.optional("system_prompt")
            temperature = try fields.optional("temperature")
            maxSteps = try fields.optional("max_steps")
            maxOutputTokens = try Self.nullable("max_output_tokens", json, &fields)
            permissions = try Self.nullable("permissions", json, &fields)
            providerOptions = try Self.nullable("provider_options", json, &fields)
            modelPreference = try Self.nullable("model_preference", json, &fields)
        } catch {
            throw StoreError(.invalidArgument(name: "agent"), cause: error.description)
        }
        guard let tools = json["tools"] else { return }
        guard case .array(let sources) = tools else {
            throw StoreError(.invalidArgument(name: "tools"), cause: "tools must be an array")
        }
        var normalised: [ToolSource] = []
        for source in sources { normalised.append(try ToolSource(authored: source)) }
        self.tools = normalised
    }

    private static func nullable<Value: JSONConvertible>(
        _ key: String, _ json: JSONValue, _ fields: inout FieldReader
    ) throws(WorkflowShapeError) -> Value?? {
        guard json[key] != nil else { return nil }
        return .some(try fields.optional(key))
    }

    /// The definition after these changes.
    package func applied(to definition: AgentDefinition) -> AgentDefinition {
        var changed = definition
        if let name { changed.name = name }
        if let summary { changed.summary = summary }
        if let model { changed.model = model }
        if let provider { changed.provider = provider }
        if let systemPrompt { changed.systemPrompt = systemPrompt }
        if let temperature { changed.temperature = temperature }
        if let maxSteps { changed.maxSteps = maxSteps }
        if let maxOutputTokens { changed.maxOutputTokens = maxOutputTokens }
        if let tools { changed.tools = tools }
        if let permissions { changed.permissions = permissions }
        if let providerOptions { changed.providerOptions = providerOptions }
        if let modelPreference { changed.modelPreference = modelPreference }
        return changed
    }

    /// Checks the changed fields as a whole definition would be.
    ///
    /// - Throws: `invalidArgument` with the name of the field.
    package func validate() throws(StoreError) {
        let neutral = AgentDefinition(name: "n", model: "m", provider: "p", systemPrompt: "")
        try applied(to: neutral).validate()
    }
}
