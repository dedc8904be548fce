public import FoundationEssentials
public import StoreContracts

/// The row of a tenant.
public struct TenantRecord: Hashable, Sendable {
    /// The tenant.
    public var id: TenantID
    /// The short name, unique over all tenants.
    public var slug: String
    /// The name that people see.
    public var name: String
    /// Whether the tenant may be served.
    public var status: TenantStatus
    /// When the tenant was created.
    public var createdAt: Date
    /// When the tenant was last changed.
    public var updatedAt: Date

    /// Creates the record of a tenant.
    public init(
        id: TenantID, slug: String, name: String, status: TenantStatus = .active, createdAt: Date,
        updatedAt: Date
    ) {
        self.id = id
        self.slug = slug
        self.name = name
        self.status = status
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    /// The place of this row in `listTenants(_:)`.
    public var cursor: PageCursor { PageCursor(instant: createdAt, id: id.uuid) }
}
