internal import Locking
internal import PostgresWire
internal import StoreContracts

/// The way to the database that spans tenants: for roles that row-level security does not bind.
///
/// Before the first statement it looks once whether the role is one of these: any other would see an empty
/// queue.
final class PlatformPlane: Sendable {
    let client: PostgresClient
    let names: SchemaNames
    private let isVerified = Lock(false)

    private let storage: PostgresStorageOptions

    init(_ client: PostgresClient, storage: PostgresStorageOptions) {
        self.client = client
        names = SchemaNames(storage.schema)
        self.storage = storage
    }

    /// Reads the role's name and whether it spans tenants.
    private static let role: PostgresQuery = """
        SELECT rolname::text, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user
        """

    /// Verifies the role, once: one round trip.
    ///
    /// - Throws: `misconfigured` for a role that row-level security binds.
    func verify() async throws(StoreError) {
        guard !isVerified.withLock({ $0 }) else { return }
        let role: (String, Bool)
        do {
            role = try await client.one(Self.role, as: (String, Bool).self)
        } catch {
            throw StoreError(mapping: error, isRead: true)
        }
        guard role.1 else {
            throw StoreError(
                .misconfigured,
                cause:
                    "role \"\(role.0)\" is neither a superuser nor BYPASSRLS, so it cannot see all tenants' rows",
                remedy: "Connect as a role with BYPASSRLS, or as a superuser.")
        }
        isVerified.withLock { $0 = true }
    }

    /// Runs statements: one round trip, one transaction.
    ///
    /// Returns the rows of each.
    func run(_ queries: [PostgresQuery]) async throws(PostgresError) -> [PostgresRows] {
        guard let timeout = storage.lockTimeout else { return try await client.batch(queries) }
        let setting: PostgresQuery = "SELECT set_config('lock_timeout', \(timeout.settingText), true)"
        return Array(try await client.batch([setting] + queries).dropFirst())
    }

    /// Runs a statement that reads.
    func read(_ query: PostgresQuery) async throws(StoreError) -> PostgresRows {
        try await verify()
        do {
            return try await client.collect(query)
        } catch {
            throw StoreError(mapping: error, isRead: true)
        }
    }

    /// Runs statements that write.
    func write(_ queries: [PostgresQuery]) async throws(StoreError) -> [PostgresRows] {
        try await verify()
        do {
            return try await run(queries)
        } catch {
            throw StoreError(mapping: error)
        }
    }
}
