public import FoundationEssentials
public import JSONModel
public import StoreContracts

/// The row of an API key, without its hash.
public struct APIKeyRecord: Hashable, Sendable {
    /// The key.
    public var id: UUID
    /// The tenant that the key resolves to; nil for keys of the original, which resolve to none.
    public var tenantID: TenantID?
    /// The name that people see.
    public var name: String
    /// What callers with the key may do; the program that resolves it decides about the shape.
    public var permissions: JSONValue
    /// How often the key may be used, in the program's own shape.
    public var rateLimit: JSONValue?
    /// When the key stops to resolve; nil if never.
    public var expiresAt: Date?
    /// When the key was revoked.
    public var revokedAt: Date?
    /// When the key last resolved, to a minute.
    public var lastUsedAt: Date?
    /// When the key was registered.
    public var createdAt: Date

    /// Creates the record of a key.
    public init(
        id: UUID, tenantID: TenantID?, name: String, permissions: JSONValue = [], rateLimit: JSONValue? = nil,
        expiresAt: Date? = nil, revokedAt: Date? = nil, lastUsedAt: Date? = nil, createdAt: Date
    ) {
        self.id = id
        self.tenantID = tenantID
        self.name = name
        self.permissions = permissions
        self.rateLimit = rateLimit
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
        self.lastUsedAt = lastUsedAt
        self.createdAt = createdAt
    }
}
