import PostgresWire

extension Migrator {
    /// Compares the live schema with what the migrations leave.
    ///
    /// The expectation is made by the server itself: inside one transaction, which is rolled back, the migrations that
    /// the ledger calls done run into a scratch schema, and both schemas are read from the catalogs. So it holds on
    /// every version of PostgreSQL and with every option, and needs no stored description. Takes about as long as a
    /// fresh `apply`, locks nothing of the live schema, and needs the right to create a schema. Migrations that are
    /// not transactional are left out, so that their objects count as extra.
    ///
    /// - Returns: the comparison; look at `isMatch`.
    /// - Throws: what `requireCurrent` throws; `failed` when a migration does not run into the scratch schema.
    public func verify() async throws(MigrationError) -> CatalogComparison {
        try await requireCurrent()
        let live = options.schema
        return try await MigrationError.mapping {
            do {
                return try await client.withTransaction { connection -> CatalogComparison in
                    let rows = try await ledger.entries(connection)
                    let found = try await CatalogSnapshot.entries(of: live, on: connection)
                    let done = Set(rows.filter(\.state.isDone).map(\.version))
                    let expected = try await expectation(done, rows, on: connection)
                    throw Finding(comparison: CatalogComparison(expected: expected, found: found))
                }
            } catch let finding as Finding {
                return finding.comparison
            }
        }
    }

    /// Throws `catalogDiffers` unless everything that the migrations leave is there unchanged.
    public func requireMatch() async throws(MigrationError) {
        let comparison = try await verify()
        if !comparison.isMatch { throw .catalogDiffers(comparison) }
    }

    /// What the given migrations leave in a scratch schema.
    ///
    /// The caller must roll back, at least to a savepoint.
    func expectation(
        _ versions: Set<Int>, _ rows: [LedgerEntry], on connection: PostgresConnection
    ) async throws -> [CatalogEntry] {
        let scratch = "migrator_verify_" + String(UInt64.random(in: .min ... .max), radix: 36)
        let plan = try MigrationPlan(migrations: migrations, ledger: rows, options: options)
        var parameters = plan.parameters
        parameters["schema"] = .identifier(scratch)
        try await connection.execute("CREATE SCHEMA \(identifier: scratch)")
        try await MigrationLedger(schema: scratch, table: options.ledgerTable).create(connection)
        for step in plan.steps where versions.contains(step.migration.version) {
            guard step.migration.isTransactional else { continue }
            try await connection.execute("SELECT set_config('search_path', quote_ident(\(scratch)), true)")
            let sql = MigrationTemplate(step.migration.sql).rendered(parameters)
            do {
                _ = try await connection.script(sql)
            } catch {
                throw MigrationError.failed(
                    version: step.migration.version, name: step.migration.name, cause: error)
            }
        }
        return try await CatalogSnapshot.entries(of: scratch, on: connection)
    }
}

/// Carries the result out of a transaction that must roll back.
private struct Finding: Error {
    let comparison: CatalogComparison
}
