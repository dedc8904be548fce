internal import PostgresWire
internal import StoreContracts

/// One tenant's way to the database: every transaction first says whose it is.
///
/// Row-level security then hides the rows of other tenants from roles that do not bypass it; the statements filter
/// on the tenant as well, for roles that do.
struct TenantPlane: Sendable {
    let runner: any BatchRunner
    let names: SchemaNames
    let tenant: TenantID
    let storage: PostgresStorageOptions

    init(_ runner: any BatchRunner, tenant: TenantID, storage: PostgresStorageOptions) {
        self.runner = runner
        names = SchemaNames(storage.schema)
        self.tenant = tenant
        self.storage = storage
    }

    private init(_ runner: any BatchRunner, like other: TenantPlane) {
        self.runner = runner
        names = other.names
        tenant = other.tenant
        storage = other.storage
    }

    /// The same plane, on an open transaction.
    func on(_ runner: any BatchRunner) -> TenantPlane { TenantPlane(runner, like: self) }

    /// Sets the tenant and the longest wait for a lock, for the rest of the transaction.
    var setting: PostgresQuery {
        guard let timeout = storage.lockTimeout else {
            return "SELECT set_config('app.tenant_id', \(tenant.text), true)"
        }
        return """
            SELECT set_config('app.tenant_id', \(tenant.text), true),
                set_config('lock_timeout', \(timeout.settingText), true)
            """
    }

    /// Sets how long the transaction may be idle.
    var idleSetting: PostgresQuery {
        """
        SELECT set_config('idle_in_transaction_session_timeout', \(storage.stepIdleTimeout.settingText), true)
        """
    }

    /// Runs statements of this tenant: one round trip, one transaction.
    ///
    /// Returns the rows of each statement.
    func run(_ queries: [PostgresQuery]) async throws(PostgresError) -> [PostgresRows] {
        Array(try await runner.send([setting] + queries).dropFirst())
    }

    /// Runs a statement that reads.
    func read(_ query: PostgresQuery) async throws(StoreError) -> PostgresRows {
        do {
            return try await run([query])[0]
        } catch {
            throw StoreError(mapping: error, isRead: true)
        }
    }

    /// Runs statements that write; an unknown tenant gets its own error.
    func write(_ queries: [PostgresQuery]) async throws(StoreError) -> [PostgresRows] {
        do {
            return try await run(queries)
        } catch {
            throw mapped(error)
        }
    }

    /// Translates the error of a write.
    func mapped(_ error: PostgresError) -> StoreError {
        let constraint = error.server?.constraintName ?? ""
        if error.sqlState == SQLState.foreignKeyViolation, constraint.hasSuffix("tenant_id_fkey") {
            return StoreError(
                .missingRecord(table: "tenants", id: tenant.text), effect: .rolledBack,
                cause: error.description)
        }
        return StoreError(mapping: error)
    }
}
