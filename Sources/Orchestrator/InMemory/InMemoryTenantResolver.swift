public import FoundationEssentials
import JSONModel
public import StoreContracts

/// Keeps the hashes of API keys in memory, with the semantics of the PostgreSQL resolver.
///
/// Tenants that were not created in the store count as active.
public struct InMemoryTenantResolver: TenantResolver {
    /// The rows, shared with the other in-memory adapters.
    public let store: InMemoryStore

    /// Creates a resolver on a store; one without a store gets an empty one of its own.
    public init(store: InMemoryStore = InMemoryStore()) { self.store = store }

    /// The tenant that a key stands for.
    public func resolve(_ key: APIKey) async throws(StoreError) -> TenantID? {
        guard !key.text.isEmpty else { return nil }
        let hash = key.hash
        return store.write { tables, now in
            guard var row = tables.apiKeys.values.first(where: { APIKey.areEqual($0.hash, hash) }),
                let tenant = row.record.tenantID, row.record.revokedAt == nil,
                row.record.expiresAt.map({ now < $0 }) ?? true,
                (tables.tenants[tenant]?.status ?? .active) == .active
            else { return nil }
            if row.record.lastUsedAt.map({ now.timeIntervalSince($0) >= 60 }) ?? true {
                row.record.lastUsedAt = now
                tables.apiKeys[row.record.id] = row
            }
            return tenant
        }
    }

    /// Stores the hash of a key; returns the id of its row.
    @discardableResult
    public func register(
        _ key: APIKey, tenant: TenantID, options: APIKeyOptions
    ) async throws(StoreError) -> UUID {
        try key.requireText()
        let hash = key.hash
        return try store.write { (tables, now) throws(StoreError) in
            let id = UUID()
            guard !tables.apiKeys.values.contains(where: { $0.hash == hash }) else {
                throw StoreError(.alreadyExists(table: "api_keys", key: "the key"))
            }
            try tables.assertTenant(tenant)
            let record = APIKeyRecord(
                id: id, tenantID: tenant, name: options.name.withoutZero,
                permissions: options.permissions.throughText, rateLimit: options.rateLimit?.throughText,
                expiresAt: options.expiresAt?.wholeMicroseconds, createdAt: tables.stamp(now))
            tables.apiKeys[id] = StoreTables.APIKeyRow(hash: hash, record: record)
            return id
        }
    }

    /// Makes a key stop to resolve; false if it is unknown or was revoked before.
    public func revoke(_ key: APIKey) async throws(StoreError) -> Bool {
        let hash = key.hash
        return revoke { APIKey.areEqual($0.hash, hash) }
    }

    /// Makes the key with an id stop to resolve; false if it is unknown or was revoked before.
    public func revoke(id: UUID) async throws(StoreError) -> Bool { revoke { $0.record.id == id } }

    /// The keys of a tenant, revoked ones included, by creation and id.
    public func listKeys(tenant: TenantID) async throws(StoreError) -> [APIKeyRecord] {
        let rows = store.read { tables, _ in tables.apiKeys.values.map(\.record) }
        return rows.filter { $0.tenantID == tenant }.sorted {
            $0.createdAt != $1.createdAt ? $0.createdAt < $1.createdAt : $0.id.text < $1.id.text
        }
    }

    private func revoke(_ isMeant: (StoreTables.APIKeyRow) -> Bool) -> Bool {
        store.write { tables, now in
            guard var row = tables.apiKeys.values.first(where: isMeant), row.record.revokedAt == nil else {
                return false
            }
            row.record.revokedAt = now
            tables.apiKeys[row.record.id] = row
            return true
        }
    }
}

extension APIKey {
    /// Refuses a key without text.
    ///
    /// - Throws: `invalidArgument`.
    package func requireText() throws(StoreError) {
        guard !text.isEmpty else { throw StoreError(.invalidArgument(name: "key"), cause: "it is empty") }
    }
}
