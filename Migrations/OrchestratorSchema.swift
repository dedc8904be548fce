public import PostgresMigrator
public import PostgresWire

/// The schema of workflows and agent memory, and how a database gets and keeps it.
///
///     let schema = try OrchestratorSchema(client)
///     try await schema.apply()             // once, at deployment
///     try await schema.requireCurrent()    // at the start of every program
///
/// Migrations only ever go forward. They run once each, under a lock, in transactions of their own; see `Migrator`.
public struct OrchestratorSchema: Sendable {
    /// The dimensions of embeddings when nothing else is said: those of the embedding models most in use.
    public static let embeddingDimensions = 1536
    /// The table in which migrations are recorded.
    public static let ledgerTable = "orchestrator_migrations"

    /// The engine underneath, with the migrations of `OrchestratorSchema.migrations`.
    public let migrator: Migrator
    /// What the schema is to be like.
    public let options: OrchestratorSchemaOptions

    /// Prepares the schema of a database; nothing is sent yet.
    ///
    /// - Throws: `MigrationError.invalid` for dimensions outside 1 to 4,000, the limits of pgvector's HNSW index on
    ///   `halfvec`, and for an empty schema name.
    public init(
        _ client: PostgresClient, options: OrchestratorSchemaOptions = OrchestratorSchemaOptions()
    ) throws(MigrationError) {
        if let dimensions = options.embeddingDimensions, !(1...4000).contains(dimensions) {
            throw .invalid("embeddings of \(dimensions) dimensions cannot be indexed, 1 to 4000 can")
        }
        self.options = options
        let dimensions = options.embeddingDimensions.map(MigrationParameter.integer)
        // The lock is the original's too, so that neither program migrates while the other does.
        migrator = try Migrator(
            client, migrations: Self.migrations,
            options: MigratorOptions(
                schema: options.schema, ledgerTable: Self.ledgerTable, lockKey: 123_456_789,
                lockTimeout: options.lockTimeout,
                skippedGroups: options.includesMemory ? [] : [Self.memoryGroup],
                parameters: [
                    Self.dimensionsParameter: dimensions ?? .defaultInteger(Self.embeddingDimensions)
                ]))
    }

    /// What `apply` would do.
    ///
    /// One round trip.
    public func plan() async throws(MigrationError) -> MigrationPlan { try await migrator.plan() }

    /// Runs everything pending.
    ///
    /// Roles and grants come last and may be refused to an ordinary owner (42501): the report names them, everything
    /// else is done.
    ///
    /// - Throws: `needsAdoption` for a database of the original, and what `Migrator.apply` throws.
    @discardableResult
    public func apply(
        progress: @escaping @Sendable (MigrationProgress) -> Void = { _ in }
    ) async throws(MigrationError) -> MigrationReport {
        try await requireNotOriginal(try await migrator.recorded())
        return try await migrator.apply(progress: progress)
    }

    /// Compares the live catalog with what the migrations leave; the memory half only where it was installed.
    ///
    /// - Returns: the comparison; look at `isMatch`.
    /// - Throws: what `requireCurrent` and `Migrator.verify` throw.
    public func verify() async throws(MigrationError) -> CatalogComparison {
        try await requireCurrent()
        return try await migrator.verify()
    }
}
