internal import FoundationEssentials
internal import JSONModel
internal import Orchestrator
internal import PostgresWire
internal import StoreContracts

/// The statements about API keys.
enum APIKeySQL {
    /// Reads the hash and the tenant of a key that resolves.
    static func resolve(_ hash: String, _ names: SchemaNames) -> PostgresQuery {
        "SELECT k.key_hash, k.tenant_id FROM \(valid(hash, names))"
    }

    /// Notes that a key that resolves was used, unless that was noted within the last minute.
    ///
    /// Locks its row then.
    static func touch(_ hash: String, _ names: SchemaNames) -> PostgresQuery {
        """
        UPDATE \(names.apiKeys) SET last_used_at = now()
        WHERE id IN (SELECT k.id FROM \(valid(hash, names)))
            AND (last_used_at IS NULL OR last_used_at <= now() - interval '1 minute')
        """
    }

    private static func valid(_ hash: String, _ names: SchemaNames) -> PostgresQuery {
        """
        \(names.apiKeys) AS k JOIN \(names.tenants) AS t ON t.id = k.tenant_id AND t.status = 'active'
        WHERE k.key_hash = \(hash) AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR now() < k.expires_at)
        """
    }

    /// Adds a key.
    static func insert(
        _ hash: String, id: UUID, tenant: TenantID, _ options: APIKeyOptions, _ names: SchemaNames
    ) -> PostgresQuery {
        """
        INSERT INTO \(names.apiKeys) (id, key_hash, tenant_id, name, permissions, rate_limit, expires_at)
        VALUES (\(id), \(hash), \(tenant.uuid), \(options.name.withoutZero), \(options.permissions.storable),
            \(options.rateLimit?.storable), \(options.expiresAt))
        """
    }

    /// Revokes a key by its hash.
    ///
    /// Locks its row.
    static func revoke(hash: String, _ names: SchemaNames) -> PostgresQuery {
        """
        UPDATE \(names.apiKeys) SET revoked_at = now()
        WHERE key_hash = \(hash) AND revoked_at IS NULL RETURNING id
        """
    }

    /// Revokes a key by its id.
    ///
    /// Locks its row.
    static func revoke(id: UUID, _ names: SchemaNames) -> PostgresQuery {
        """
        UPDATE \(names.apiKeys) SET revoked_at = now() WHERE id = \(id) AND revoked_at IS NULL RETURNING id
        """
    }

    /// Reads the keys of a tenant, oldest first.
    static func list(_ tenant: TenantID, _ names: SchemaNames) -> PostgresQuery {
        """
        SELECT id, tenant_id, name, permissions, rate_limit, expires_at, revoked_at, last_used_at, created_at
        FROM \(names.apiKeys) WHERE tenant_id = \(tenant.uuid) ORDER BY created_at, id
        """
    }
}
