public import JSONModel
public import StoreContracts

extension AgentDefinition {
    /// Reads what people write, in camelCase or snake_case.
    ///
    /// Absent permissions permit nothing; a JSON null is no ceiling. In given permissions `sandbox` is false
    /// and lists are empty where they are absent. Tools may be written in their short forms, see
    /// `ToolSource.init(authored:)`.
    ///
    /// - Throws: `invalidArgument` with the place of the first difference; a missing list of tools is one.
    public init(authored json: JSONValue) throws(StoreError) {
        let json = AuthoringKeys.remap(json)
        guard case .array(let tools)? = json["tools"] else {
            throw StoreError(.invalidArgument(name: "tools"), cause: "tools must be an array")
        }
        do {
            var fields = try FieldReader(json)
            self.init(
                name: try fields.required("name"), summary: try fields.optional("description"),
                model: try fields.required("model"), provider: try fields.required("provider"),
                systemPrompt: try fields.required("system_prompt"),
                temperature: try fields.value("temperature", default: 0.7),
                maxSteps: try fields.value("max_steps", default: 10),
                maxOutputTokens: try fields.optional("max_output_tokens"),
                permissions: try Self.permissions(&fields),
                providerOptions: try fields.optional("provider_options"),
                modelPreference: try fields.optional("model_preference"))
        } catch {
            throw StoreError(.invalidArgument(name: "agent"), cause: error.description)
        }
        for tool in tools { self.tools.append(try ToolSource(authored: tool)) }
    }

    private static func permissions(
        _ fields: inout FieldReader
    ) throws(WorkflowShapeError) -> AgentPermissions? {
        switch fields.verbatim("permissions") {
        case nil: return AgentPermissions(sandbox: false)
        case .null?: return nil
        case let json?:
            do {
                var permissions = try AgentPermissions(json: json)
                permissions.sandbox = permissions.sandbox ?? false
                return permissions
            } catch {
                throw error.inside("permissions")
            }
        }
    }

    /// Checks the bounds that the columns have.
    ///
    /// - Throws: `invalidArgument` with the name of the field.
    package func validate() throws(StoreError) {
        try Self.require(!name.isEmpty, "name", "it is empty")
        try Self.require(!model.isEmpty, "model", "it is empty")
        try Self.require(Float(temperature).isFinite, "temperature", "it is not a finite number")
        try Self.require(temperature >= 0, "temperature", "it is negative")
        try Self.require((1...Int(Int32.max)).contains(maxSteps), "max_steps", "it is not in 1...2147483647")
        if let tokens = maxOutputTokens {
            try Self.require(
                (1...Int(Int32.max)).contains(tokens), "max_output_tokens", "it is not in 1...2147483647")
        }
        if let budget = permissions?.budgetUSD {
            try Self.require(budget.isFinite && budget >= 0, "budget_usd", "it is negative or not finite")
        }
        for tool in tools { try tool.validate() }
    }

    private static func require(_ holds: Bool, _ name: String, _ cause: String) throws(StoreError) {
        guard holds else { throw StoreError(.invalidArgument(name: name), cause: cause) }
    }

    /// This definition as it comes back from the store.
    package var stored: AgentDefinition {
        var copy = self
        copy.name = name.withoutZero
        copy.summary = summary?.withoutZero
        copy.model = model.withoutZero
        copy.provider = provider?.withoutZero
        copy.systemPrompt = systemPrompt.withoutZero
        copy.temperature = Self.stored(temperature: temperature)
        copy.permissions?.readKeys = permissions?.readKeys.map(\.withoutZero) ?? []
        copy.permissions?.writeKeys = permissions?.writeKeys.map(\.withoutZero) ?? []
        copy.tools = tools.map { tool in
            guard case .mcp(let server, let names?) = tool else { return tool }
            return .mcp(serverID: server, toolNames: names.map(\.withoutZero))
        }
        copy.providerOptions = providerOptions.flatMap { JSONValue.object($0).throughText.objectValue }
        copy.modelPreference = modelPreference.flatMap { $0.isEmpty ? nil : $0.withoutZero }
        return copy
    }

    /// A temperature after it was stored in four bytes: the shortest decimal that names those.
    package static func stored(temperature: Double) -> Double {
        let narrow = Float(temperature)
        return Double(narrow.description) ?? Double(narrow)
    }
}
