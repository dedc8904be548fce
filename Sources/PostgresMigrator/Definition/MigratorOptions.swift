/// Where migrations go and what they may assume.
public struct MigratorOptions: Sendable {
    /// The schema of the objects and of the ledger.
    ///
    /// It is created when missing.
    public var schema: String
    /// The table that records what ran.
    public var ledgerTable: String
    /// The advisory lock that keeps two migrators of a database apart.
    public var lockKey: Int64
    /// How long to wait for the lock, and for every lock that a migration takes.
    ///
    /// At least a millisecond.
    public var lockTimeout: Duration
    /// Groups to leave out.
    ///
    /// Their migrations are recorded as skipped and run when a later apply includes them.
    public var skippedGroups: Set<String>
    /// Values for the templates, by name.
    ///
    /// `schema` is always there.
    public var parameters: [String: MigrationParameter]

    /// Starts from the usual: schema `public`, ledger `schema_migrations`, a wait of one minute.
    public init(
        schema: String = "public", ledgerTable: String = "schema_migrations",
        lockKey: Int64 = 5_283_114_667_031_905_842, lockTimeout: Duration = .seconds(60),
        skippedGroups: Set<String> = [], parameters: [String: MigrationParameter] = [:]
    ) {
        self.schema = schema
        self.ledgerTable = ledgerTable
        self.lockKey = lockKey
        self.lockTimeout = lockTimeout
        self.skippedGroups = skippedGroups
        self.parameters = parameters
    }

    /// The wait in whole milliseconds, as `lock_timeout` takes it (0 would mean for ever).
    package var lockTimeoutMilliseconds: Int64 {
        let parts = lockTimeout.components
        let (seconds, overflow) = parts.seconds.multipliedReportingOverflow(by: 1000)
        let whole = overflow ? Int64(Int32.max) : seconds + parts.attoseconds / 1_000_000_000_000_000
        return min(max(whole, 1), Int64(Int32.max))
    }
}
