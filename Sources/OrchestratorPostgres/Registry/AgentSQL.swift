internal import FoundationEssentials
internal import JSONModel
internal import Orchestrator
internal import PostgresWire
internal import StoreContracts

/// The statements about agents.
enum AgentSQL {
    /// The columns of an agent, in the order in which `AgentRecord.read(_:)` takes them.
    static let columns = """
        id, name, description, model, provider, system_prompt, temperature, max_steps, max_output_tokens,
        tools, permissions, provider_options, model_preference, created_at, updated_at, tenant_id
        """

    /// Adds an agent.
    static func insert(_ agent: AgentDefinition, id: UUID, _ plane: TenantPlane) -> PostgresQuery {
        """
        INSERT INTO \(plane.names.agents) (id, name, description, model, provider, system_prompt, temperature,
            max_steps, max_output_tokens, tools, permissions, provider_options, model_preference, tenant_id)
        VALUES (\(id), \(agent.name), \(agent.summary), \(agent.model), \(agent.provider),
            \(agent.systemPrompt), \(Float(agent.temperature)), \(agent.maxSteps), \(agent.maxOutputTokens),
            \(tools(agent.tools)), \(permissions(agent.permissions)), \(options(agent.providerOptions)),
            \(agent.modelPreference), \(plane.tenant.uuid))
        """
    }

    /// Changes the named fields of an agent; no row comes back if there is none.
    ///
    /// Locks the agent's row.
    static func update(_ id: UUID, _ changes: AgentChanges, _ plane: TenantPlane) -> PostgresQuery {
        // The values in the form in which they are stored, whatever of them is used below.
        let neutral = AgentDefinition(name: "", model: "", provider: nil, systemPrompt: "")
        let new = changes.applied(to: neutral).stored
        var list: PostgresQuery = "updated_at = now()"
        if changes.name != nil { list = "\(list), name = \(new.name)" }
        if changes.summary != nil { list = "\(list), description = \(new.summary)" }
        if changes.model != nil { list = "\(list), model = \(new.model)" }
        if changes.provider != nil { list = "\(list), provider = \(new.provider)" }
        if changes.systemPrompt != nil { list = "\(list), system_prompt = \(new.systemPrompt)" }
        if changes.temperature != nil { list = "\(list), temperature = \(Float(new.temperature))" }
        if changes.maxSteps != nil { list = "\(list), max_steps = \(new.maxSteps)" }
        if changes.maxOutputTokens != nil { list = "\(list), max_output_tokens = \(new.maxOutputTokens)" }
        if changes.tools != nil { list = "\(list), tools = \(tools(new.tools))" }
        if changes.permissions != nil { list = "\(list), permissions = \(permissions(new.permissions))" }
        if changes.providerOptions != nil {
            list = "\(list), provider_options = \(options(new.providerOptions))"
        }
        if changes.modelPreference != nil { list = "\(list), model_preference = \(new.modelPreference)" }
        return """
            UPDATE \(plane.names.agents) SET \(list)
            WHERE id = \(id) AND tenant_id = \(plane.tenant.uuid) RETURNING id
            """
    }

    /// Reads an agent.
    static func load(_ id: UUID, _ plane: TenantPlane) -> PostgresQuery {
        """
        SELECT \(raw: columns) FROM \(plane.names.agents)
        WHERE id = \(id) AND tenant_id = \(plane.tenant.uuid)
        """
    }

    /// Reads a page of agents, newest first.
    static func list(_ page: Page, _ plane: TenantPlane) -> PostgresQuery {
        """
        SELECT \(raw: columns) FROM \(plane.names.agents)
        WHERE tenant_id = \(plane.tenant.uuid) \(page.condition(on: "created_at", .newestFirst))
        \(page.end(by: "created_at", .newestFirst))
        """
    }

    /// Deletes an agent.
    ///
    /// Locks its row.
    static func delete(_ id: UUID, _ plane: TenantPlane) -> PostgresQuery {
        """
        DELETE FROM \(plane.names.agents) WHERE id = \(id) AND tenant_id = \(plane.tenant.uuid) RETURNING id
        """
    }

    private static func tools(_ tools: [ToolSource]) -> JSONValue { .array(tools.map(\.json)) }

    /// No permissions at all are a JSON null: the column is NOT NULL.
    private static func permissions(_ permissions: AgentPermissions?) -> JSONValue {
        permissions?.json.storable ?? .null
    }

    private static func options(_ options: JSONObject?) -> JSONValue? {
        options.map { JSONValue.object($0).storable }
    }
}
