public import FoundationEssentials
public import StoreContracts

/// Finds the tenant that an API key stands for, and keeps the hashes of keys.
///
/// Keys themselves are never stored. A resolver spans tenants: on PostgreSQL it belongs on a connection that
/// row-level security does not bind. Every call is one transaction and one network round trip.
public protocol TenantResolver: Sendable {
    /// The tenant that a key stands for; nil for keys that are empty, unknown, revoked or expired, and for
    /// tenants that are not active.
    ///
    /// Hashes are compared in constant time. At most once a minute for each key its row is written and
    /// locked.
    func resolve(_ key: APIKey) async throws(StoreError) -> TenantID?

    /// Stores the hash of a key; returns the id of its row.
    ///
    /// - Throws: `alreadyExists` (table `api_keys`) if the key is stored; `missingRecord` for an unknown
    ///   tenant; `invalidArgument` for an empty key.
    @discardableResult
    func register(
        _ key: APIKey, tenant: TenantID, options: APIKeyOptions
    ) async throws(StoreError) -> UUID

    /// Makes a key stop to resolve; false if it is unknown or was revoked before.
    func revoke(_ key: APIKey) async throws(StoreError) -> Bool

    /// Makes the key with an id stop to resolve; false if it is unknown or was revoked before.
    func revoke(id: UUID) async throws(StoreError) -> Bool

    /// The keys of a tenant, revoked ones included, by creation and id.
    func listKeys(tenant: TenantID) async throws(StoreError) -> [APIKeyRecord]
}

extension TenantResolver {
    /// Stores the hash of a key that has no further properties.
    @discardableResult
    public func register(_ key: APIKey, tenant: TenantID) async throws(StoreError) -> UUID {
        try await register(key, tenant: tenant, options: APIKeyOptions())
    }

    /// Makes a key for a tenant and stores its hash: show the key to its owner now, nobody can read it again.
    ///
    /// - Throws: as `register(_:tenant:options:)`.
    public func issue(
        tenant: TenantID, prefix: String = APIKey.defaultPrefix, options: APIKeyOptions = APIKeyOptions()
    ) async throws(StoreError) -> (id: UUID, key: APIKey) {
        let key = APIKey.generate(prefix: prefix)
        return (try await register(key, tenant: tenant, options: options), key)
    }
}
