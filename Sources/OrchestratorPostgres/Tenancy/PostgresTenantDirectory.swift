public import Orchestrator
public import PostgresWire
public import StoreContracts

/// Creates, lists and erases tenants in PostgreSQL.
///
/// The role is verified before the first statement, as the queue's is: one more round trip, once.
public struct PostgresTenantDirectory: TenantDirectory {
    let plane: PlatformPlane
    let archive: ColdArchive?

    /// Creates a directory; nothing is sent yet.
    ///
    /// - Parameters:
    ///   - client: The pool. Row-level security must not bind its role.
    ///   - archive: The folder of the cold tier, from which erased tenants are removed too.
    ///   - storage: The schema that was migrated, and time limits.
    public init(
        _ client: PostgresClient, archive: ColdArchive? = nil,
        storage: PostgresStorageOptions = PostgresStorageOptions()
    ) {
        self.archive = archive
        plane = PlatformPlane(client, storage: storage)
    }

    /// Stores a new tenant.
    ///
    /// - Throws: `alreadyExists`, `invalidArgument`, `misconfigured` for a role that row-level security
    ///   binds.
    @discardableResult
    public func createTenant(
        _ id: TenantID, slug: String, name: String
    ) async throws(StoreError) -> TenantRecord {
        try TenantRecord.validate(slug: slug, name: name)
        try await plane.verify()
        let rows: PostgresRows
        do {
            rows = try await plane.run([TenantSQL.insert(id, slug: slug, name: name, plane.names)])[0]
        } catch {
            guard error.sqlState == SQLState.uniqueViolation else { throw StoreError(mapping: error) }
            let isSlug = error.server?.constraintName == "tenants_slug_unique"
            throw StoreError(
                .alreadyExists(table: "tenants", key: isSlug ? slug : id.text), effect: .rolledBack,
                cause: error.description)
        }
        guard let tenant = try TenantSQL.read(rows).first else {
            throw StoreError(.other, effect: .unknown, cause: "the server returned no tenant")
        }
        return tenant
    }

    /// The tenant; nil if there is none.
    ///
    /// - Throws: `corruptRecord`, `misconfigured`.
    public func loadTenant(_ id: TenantID) async throws(StoreError) -> TenantRecord? {
        try TenantSQL.read(try await plane.read(TenantSQL.load(id, plane.names))).first
    }

    /// Tenants, newest first, then by id descending.
    ///
    /// - Throws: `corruptRecord`, `misconfigured`.
    public func listTenants(_ page: Page) async throws(StoreError) -> [TenantRecord] {
        try TenantSQL.read(try await plane.read(TenantSQL.list(page, plane.names)))
    }

    /// Sets the status of a tenant; false if there is none.
    ///
    /// Locks: the tenant's row.
    public func setTenantStatus(_ id: TenantID, _ status: TenantStatus) async throws(StoreError) -> Bool {
        try await !plane.write([TenantSQL.setStatus(id, status, plane.names)])[0].isEmpty
    }

    /// Deletes a tenant with every row of it, its API keys and its archives; false if nothing of it was left.
    ///
    /// Locks: every row of the tenant.
    ///
    /// - Throws: `notPermitted` for the seed tenant, and if runs of another tenant, which only another
    ///   program can have written, execute a graph of this one.
    public func eraseTenant(_ id: TenantID) async throws(StoreError) -> Bool {
        guard id != .seed else { throw TenantRecord.seedStays }
        try await plane.verify()
        let names = plane.names
        let rows: PostgresRows
        do {
            rows = try await plane.run([TenantSQL.releaseKeys(id, names), TenantSQL.erase(id, names)])[1]
        } catch {
            let isKept = [SQLState.foreignKeyViolation, SQLState.restrictViolation].contains(
                error.sqlState ?? "")
            if isKept {
                throw StoreError(
                    .notPermitted, effect: .rolledBack, cause: error.description,
                    remedy: "Delete the rows of other tenants that refer to rows of this one, then try again."
                )
            }
            throw StoreError(mapping: error)
        }
        guard let archive else { return !rows.isEmpty }
        let hadArchives = try await BlockingWork.run { () throws(StoreError) in try archive.erase(id) }
        return !rows.isEmpty || hadArchives
    }
}
