public import StoreContracts

/// Creates, lists and erases tenants.
///
/// A directory spans tenants: on PostgreSQL it belongs on a connection that row-level security does not bind.
/// Every call is one transaction; all but `eraseTenant(_:)` are one network round trip.
public protocol TenantDirectory: Sendable {
    /// Stores a new tenant.
    ///
    /// - Throws: `alreadyExists` (table `tenants`) if id or slug are taken; `invalidArgument` for an empty
    ///   slug or name.
    @discardableResult
    func createTenant(_ id: TenantID, slug: String, name: String) async throws(StoreError) -> TenantRecord

    /// The tenant; nil if there is none.
    ///
    /// - Throws: `corruptRecord` for a status that is none.
    func loadTenant(_ id: TenantID) async throws(StoreError) -> TenantRecord?

    /// Tenants, newest first, then by id descending.
    ///
    /// - Throws: `corruptRecord`.
    func listTenants(_ page: Page) async throws(StoreError) -> [TenantRecord]

    /// Sets the status of a tenant; false if there is none.
    func setTenantStatus(_ id: TenantID, _ status: TenantStatus) async throws(StoreError) -> Bool

    /// Deletes a tenant with every row of it, its API keys, and what of it is in the cold tier; false if
    /// nothing of it was left.
    ///
    /// Cold files go last, so an erasure that was interrupted is completed by the next call. Locks: every row
    /// of the tenant.
    ///
    /// - Throws: `notPermitted` for the seed tenant, to which rows without a tenant belong.
    func eraseTenant(_ id: TenantID) async throws(StoreError) -> Bool
}
