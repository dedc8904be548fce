public import PostgresWire

/// Brings a database to the migrations of a program, whoever wrote them.
///
/// Each migration runs in a transaction of its own together with its row in the ledger, so a process killed at any
/// statement leaves whole steps only, and the next `apply` goes on from there. The transaction first takes an
/// advisory lock and then reads the ledger: any number of migrators may start at once, each step has one winner.
/// The lock belongs to the transaction, not the session, so this holds behind a transaction pooler too.
///
/// Source: PostgreSQL 18 manual, 13.3.5 "Advisory Locks".
public struct Migrator: Sendable {
    /// The pool.
    ///
    /// One connection is used at a time; a migration that is not transactional opens another one.
    public let client: PostgresClient
    /// The migrations by version.
    public let migrations: [Migration]
    /// Where they go and what they may assume.
    public let options: MigratorOptions

    let ledger: MigrationLedger

    /// Prepares a migrator; nothing is sent yet.
    ///
    /// - Throws: `MigrationError.invalid` when versions are not positive or not unique, or a required parameter of
    ///   the options is missing its schema or ledger name.
    public init(
        _ client: PostgresClient, migrations: [Migration], options: MigratorOptions = MigratorOptions()
    ) throws(MigrationError) {
        self.client = client
        self.migrations = migrations.sorted { $0.version < $1.version }
        self.options = options
        ledger = MigrationLedger(schema: options.schema, table: options.ledgerTable)
        if let bad = migrations.first(where: { $0.version < 1 || $0.version > Int(Int32.max) }) {
            throw .invalid("migration \(bad.label) has a number outside 1 to \(Int32.max)")
        }
        for (first, second) in zip(self.migrations, self.migrations.dropFirst())
        where first.version == second.version {
            throw .invalid("migrations \(first.label) and \(second.label) have the same number")
        }
        if options.schema.isEmpty || options.ledgerTable.isEmpty {
            throw .invalid("the names of the schema and of the ledger must not be empty")
        }
    }

    /// Compares the database's ledger with the migrations.
    ///
    /// One round trip, no lock.
    ///
    /// - Throws: what `MigrationPlan` throws, `server` when the database cannot be asked.
    public func plan() async throws(MigrationError) -> MigrationPlan {
        try MigrationPlan(migrations: migrations, ledger: try await recorded(), options: options)
    }

    /// The rows of the ledger by version, none when there is no ledger.
    ///
    /// One round trip, no lock.
    public func recorded() async throws(MigrationError) -> [LedgerEntry] {
        let ledger = ledger
        return try await MigrationError.mapping {
            do {
                return try await client.withConnection { connection in try await ledger.entries(connection) }
            } catch let error as PostgresError where SQLState.meansMissingTable(error.sqlState) {
                return []
            }
        }
    }

    /// Returns when the database is at exactly this program's migrations; for the start of a program.
    ///
    /// One round trip.
    ///
    /// - Throws: `notMigrated`, `olderThanThisProgram`, `newerThanThisProgram`, and what `plan` throws.
    public func requireCurrent() async throws(MigrationError) {
        let plan = try await plan()
        guard let version = plan.databaseVersion else { throw .notMigrated(schema: options.schema) }
        let blocking = plan.blocking
        if !blocking.isEmpty {
            throw .olderThanThisProgram(
                database: version, program: plan.programVersion, pending: blocking.map(\.migration.label))
        }
    }
}
