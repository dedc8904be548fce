internal import JSONModel
internal import Orchestrator
internal import PostgresWire
internal import StoreContracts

/// The statements about MCP servers.
enum MCPServerSQL {
    /// Inserts or replaces a server; no row comes back if the id is another tenant's.
    ///
    /// Locks the server's row.
    static func save(_ server: MCPServer, _ plane: TenantPlane) -> PostgresQuery {
        """
        INSERT INTO \(plane.names.servers) AS s (id, name, description, transport, allowed_agents, timeout_ms,
            tool_timeout_ms, max_concurrent_calls, max_retries, tenant_id)
        VALUES (\(server.id), \(server.name.withoutZero), \(server.summary?.withoutZero),
            \(server.transport.json.storable),
            \(server.allowedAgents.map { JSONValue.array($0.map { .string($0) }).storable }),
            \(milliseconds(server.timeout)), \(server.toolTimeout.map(milliseconds)),
            \(server.maxConcurrentCalls), \(server.maxRetries), \(plane.tenant.uuid))
        ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, description = EXCLUDED.description,
            transport = EXCLUDED.transport, allowed_agents = EXCLUDED.allowed_agents,
            timeout_ms = EXCLUDED.timeout_ms, tool_timeout_ms = EXCLUDED.tool_timeout_ms,
            max_concurrent_calls = EXCLUDED.max_concurrent_calls, max_retries = EXCLUDED.max_retries,
            updated_at = now()
        WHERE s.tenant_id = EXCLUDED.tenant_id
        RETURNING s.id
        """
    }

    /// Reads a server, or all of the tenant by id, each as one JSON object in the wire form.
    static func load(id: String?, _ plane: TenantPlane) -> PostgresQuery {
        let condition: PostgresQuery = id.map { "AND id = \($0)" } ?? ""
        return """
            SELECT jsonb_build_object('id', id, 'name', name, 'description', description,
                'transport', transport, 'allowed_agents', allowed_agents, 'timeout_ms', timeout_ms,
                'tool_timeout_ms', tool_timeout_ms, 'max_concurrent_calls', max_concurrent_calls,
                'max_retries', max_retries)
            FROM \(plane.names.servers) WHERE tenant_id = \(plane.tenant.uuid) \(condition)
            ORDER BY id COLLATE "C"
            """
    }

    /// Deletes a server.
    ///
    /// Locks its row.
    static func delete(_ id: String, _ plane: TenantPlane) -> PostgresQuery {
        """
        DELETE FROM \(plane.names.servers) WHERE id = \(id) AND tenant_id = \(plane.tenant.uuid) RETURNING id
        """
    }

    /// Validated before: whole, and at most an hour.
    private static func milliseconds(_ duration: Duration) -> Int { Int(duration.milliseconds) }
}
