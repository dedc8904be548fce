public import PostgresMigrator
import PostgresWire

extension OrchestratorSchema {
    /// Returns when a program may use the database: every migration of this program ran, none is newer, and
    /// the embedding column has the recorded dimensions.
    ///
    /// Two round trips.
    ///
    /// - Throws: `notMigrated`, `needsAdoption`, `olderThanThisProgram`, `newerThanThisProgram`, `parameterDiffers` when
    ///   the options name other dimensions, `catalogDiffers`.
    public func requireCurrent() async throws(MigrationError) {
        do {
            try await migrator.requireCurrent()
        } catch {
            if case .notMigrated = error { try await requireNotOriginal([]) }
            throw error
        }
        try await requireDimensions()
    }

    /// The dimensions that the memory half was migrated with; `nil` without it.
    ///
    /// One round trip.
    public func recordedEmbeddingDimensions() async throws(MigrationError) -> Int? {
        Self.dimensions(in: try await migrator.recorded())
    }

    /// Fails for a database of the original that has no ledger of ours yet.
    func requireNotOriginal(_ rows: [LedgerEntry]) async throws(MigrationError) {
        guard rows.isEmpty, options.schema == "public" else { return }
        let client = migrator.client
        do {
            let exists = try await client.one(
                "SELECT to_regclass('drizzle.__drizzle_migrations') IS NOT NULL", as: Bool.self)
            if exists { throw MigrationError.needsAdoption(ledger: OriginalLedger.table) }
        } catch let error as MigrationError {
            throw error
        } catch let error as PostgresError {
            throw .server(error)
        } catch {
            throw .interrupted(String(describing: error))
        }
    }

    private func requireDimensions() async throws(MigrationError) {
        guard let recorded = try await recordedEmbeddingDimensions() else { return }
        let actual = try await MigrationError.mapping {
            try await migrator.client.withConnection { connection in
                try await Self.columnDimensions(options.schema, on: connection)
            }
        }
        if actual == recorded { return }
        let column = "memory_facts.embedding"
        let expected = CatalogEntry(kind: "column", object: column, definition: "vector(\(recorded))")
        let found = actual.map { CatalogEntry(kind: "column", object: column, definition: "vector(\($0))") }
        throw .catalogDiffers(CatalogComparison(expected: [expected], found: found.map { [$0] } ?? []))
    }

    private static func dimensions(in rows: [LedgerEntry]) -> Int? {
        rows.filter(\.state.isDone).compactMap { $0.parameters[dimensionsParameter] }.first
    }

    /// The dimensions of the embedding column of facts as its type has them; `nil` without the column.
    static func columnDimensions(_ schema: String, on connection: PostgresConnection) async throws -> Int? {
        try await connection.optional(
            """
            SELECT atttypmod FROM pg_attribute
            WHERE attrelid = to_regclass(quote_ident(\(schema)) || '.memory_facts') AND attname = 'embedding'
            """, as: Int.self)
    }
}
