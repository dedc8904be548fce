import FoundationEssentials
public import StoreContracts

/// Keeps tenants in memory, with the semantics of the PostgreSQL directory.
///
/// The other in-memory adapters refuse to write rows of a tenant that was not created here; the seed tenant is
/// always there.
public struct InMemoryTenantDirectory: TenantDirectory {
    /// The rows, shared with the other in-memory adapters.
    public let store: InMemoryStore

    /// Creates a directory on a store; one without a store gets an empty one of its own.
    public init(store: InMemoryStore = InMemoryStore()) { self.store = store }

    /// Stores a new tenant.
    @discardableResult
    public func createTenant(
        _ id: TenantID, slug: String, name: String
    ) async throws(StoreError) -> TenantRecord {
        try TenantRecord.validate(slug: slug, name: name)
        return try store.write { (tables, now) throws(StoreError) in
            let slugs = tables.tenants.values.map(\.slug) + ["default"]
            guard tables.tenants[id] == nil, id != .seed else {
                throw StoreError(.alreadyExists(table: "tenants", key: id.text))
            }
            guard !slugs.contains(where: { $0.utf8.elementsEqual(slug.utf8) }) else {
                throw StoreError(.alreadyExists(table: "tenants", key: slug))
            }
            let instant = tables.stamp(now)
            let tenant = TenantRecord(id: id, slug: slug, name: name, createdAt: instant, updatedAt: instant)
            tables.tenants[id] = tenant
            return tenant
        }
    }

    /// The tenant; nil if there is none.
    public func loadTenant(_ id: TenantID) async throws(StoreError) -> TenantRecord? {
        store.read { tables, _ in tables.tenantRows[id] }
    }

    /// Tenants, newest first, then by id descending.
    public func listTenants(_ page: Page) async throws(StoreError) -> [TenantRecord] {
        let all = store.read { tables, _ in Array(tables.tenantRows.values) }
        return page.select(from: all, by: \.cursor)
    }

    /// Sets the status of a tenant; false if there is none.
    public func setTenantStatus(_ id: TenantID, _ status: TenantStatus) async throws(StoreError) -> Bool {
        store.write { tables, now in
            guard var tenant = tables.tenantRows[id] else { return false }
            tenant.status = status
            tenant.updatedAt = tables.stamp(now)
            tables.tenants[id] = tenant
            return true
        }
    }

    /// Deletes a tenant with every row of it and its API keys; false if nothing of it was left.
    public func eraseTenant(_ id: TenantID) async throws(StoreError) -> Bool {
        guard id != .seed else { throw TenantRecord.seedStays }
        return store.write { tables, _ in tables.erase(id) }
    }
}

extension TenantRecord {
    /// Refuses empty texts, and U+0000, which no text column can hold.
    ///
    /// - Throws: `invalidArgument`.
    package static func validate(slug: String, name: String) throws(StoreError) {
        for (field, text) in [("slug", slug), ("name", name)] where text.isEmpty || text.utf8.contains(0) {
            throw StoreError(.invalidArgument(name: field), cause: "it is empty or holds U+0000")
        }
    }

    /// Why the seed tenant cannot be erased.
    package static var seedStays: StoreError {
        StoreError(
            .notPermitted, cause: "rows without a tenant belong to the seed tenant",
            remedy: "Delete its rows one by one.")
    }
}
