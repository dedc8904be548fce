public import PostgresWire

extension Migrator {
    /// Takes over a database that another program migrated, in one transaction; `apply` then runs the rest.
    ///
    /// - Parameters:
    ///   - adoption: what is taken for done.
    ///   - prepare: looks whether the database is what it should be, and repairs what may be repaired, under the
    ///     migrator's lock. It returns the values of integer parameters as the database has them.
    /// - Returns: whether it was adopted now; `false` when the ledger has rows already.
    /// - Throws: `cannotAdopt` when objects are missing or different, what `prepare` throws, `lockBusy`; nothing is
    ///   changed then.
    public func adopt(
        _ adoption: MigrationAdoption,
        prepare: @escaping @Sendable (PostgresConnection) async throws -> [String: Int]
    ) async throws(MigrationError) -> Bool {
        try await MigrationError.mapping {
            try await client.withTransaction { connection in
                try await lock(connection)
                try await ledger.create(connection)
                guard try await ledger.entries(connection).isEmpty else { return false }
                let parameters = try await prepare(connection)
                for migration in migrations where adoption.recorded.contains(migration.version) {
                    let names = MigrationTemplate(migration.sql).names
                    try await ledger.record(
                        migration, as: .adopted, parameters: parameters.filter { names.contains($0.key) },
                        note: adoption.note, duration: nil, on: connection)
                }
                try await requireObjects(of: adoption, on: connection)
                return true
            }
        }
    }

    private func requireObjects(
        of adoption: MigrationAdoption, on connection: PostgresConnection
    ) async throws {
        let rows = try await ledger.entries(connection)
        try await connection.execute("SAVEPOINT adoption")
        let found = try await CatalogSnapshot.entries(of: options.schema, on: connection)
        let expected = try await expectation(adoption.compared, rows, on: connection)
        try await connection.execute("ROLLBACK TO SAVEPOINT adoption")
        let comparison = CatalogComparison(
            expected: expected.filter { !adoption.ignoredKinds.contains($0.kind) }, found: found)
        if !comparison.isMatch {
            throw MigrationError.cannotAdopt(
                reason: "it is not what its ledger says, \(comparison)",
                remedy: "Restore the objects named with the program that made them, then adopt again.")
        }
    }
}
