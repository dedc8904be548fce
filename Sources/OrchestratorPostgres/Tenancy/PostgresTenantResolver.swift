public import FoundationEssentials
internal import JSONModel
public import Orchestrator
public import PostgresWire
public import StoreContracts

/// Finds the tenants of API keys in PostgreSQL.
///
/// Every call is one transaction and one network round trip; the role is verified before the first, as the
/// queue's is.
public struct PostgresTenantResolver: TenantResolver {
    let plane: PlatformPlane

    /// Creates a resolver; nothing is sent yet.
    ///
    /// - Parameters:
    ///   - client: The pool. Row-level security must not bind its role.
    ///   - storage: The schema that was migrated, and time limits.
    public init(
        _ client: PostgresClient, storage: PostgresStorageOptions = PostgresStorageOptions()
    ) {
        plane = PlatformPlane(client, storage: storage)
    }

    /// The tenant that a key stands for; nil for keys that are empty, unknown, revoked or expired, and for
    /// tenants that are not active.
    ///
    /// Locks: the key's row, at most once a minute.
    public func resolve(_ key: APIKey) async throws(StoreError) -> TenantID? {
        guard !key.text.isEmpty else { return nil }
        let hash = key.hash
        let rows = try await plane.write([
            APIKeySQL.resolve(hash, plane.names), APIKeySQL.touch(hash, plane.names),
        ])[0]
        let found = try rows.stored((String, UUID).self, in: "api_keys").first
        guard let (stored, tenant) = found, APIKey.areEqual(stored, hash) else { return nil }
        return TenantID(tenant)
    }

    /// Stores the hash of a key; returns the id of its row.
    ///
    /// - Throws: `alreadyExists`, `missingRecord` (table `tenants`), `invalidArgument`.
    @discardableResult
    public func register(
        _ key: APIKey, tenant: TenantID, options: APIKeyOptions
    ) async throws(StoreError) -> UUID {
        try key.requireText()
        try await plane.verify()
        let id = UUID()
        do {
            _ = try await plane.run([
                APIKeySQL.insert(key.hash, id: id, tenant: tenant, options, plane.names)
            ])
            return id
        } catch {
            switch error.sqlState {
            case SQLState.uniqueViolation:
                throw StoreError(.alreadyExists(table: "api_keys", key: "the key"), effect: .rolledBack)
            case SQLState.foreignKeyViolation:
                throw StoreError(.missingRecord(table: "tenants", id: tenant.text), effect: .rolledBack)
            default: throw StoreError(mapping: error)
            }
        }
    }

    /// Makes a key stop to resolve; false if it is unknown or was revoked before.
    ///
    /// Locks: the key's row.
    public func revoke(_ key: APIKey) async throws(StoreError) -> Bool {
        try await !plane.write([APIKeySQL.revoke(hash: key.hash, plane.names)])[0].isEmpty
    }

    /// Makes the key with an id stop to resolve; false if it is unknown or was revoked before.
    ///
    /// Locks: the key's row.
    public func revoke(id: UUID) async throws(StoreError) -> Bool {
        try await !plane.write([APIKeySQL.revoke(id: id, plane.names)])[0].isEmpty
    }

    /// The keys of a tenant, revoked ones included, by creation and id.
    public func listKeys(tenant: TenantID) async throws(StoreError) -> [APIKeyRecord] {
        let rows = try await plane.read(APIKeySQL.list(tenant, plane.names)).stored(
            (UUID, UUID?, String, JSONValue, JSONValue?, Date?, Date?, Date?, Date).self, in: "api_keys")
        return rows.map { row in
            APIKeyRecord(
                id: row.0, tenantID: row.1.map { TenantID($0) }, name: row.2, permissions: row.3,
                rateLimit: row.4,
                expiresAt: row.5, revokedAt: row.6, lastUsedAt: row.7, createdAt: row.8)
        }
    }
}
