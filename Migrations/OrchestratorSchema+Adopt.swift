public import PostgresMigrator
import PostgresWire

extension OrchestratorSchema {
    /// Takes over a database that the original program migrated to its newest step, then runs what is
    /// missing: policies that bear an empty tenant setting, and this program's additions.
    ///
    /// Both programs may use the database afterwards.
    ///
    /// A column that the original's runner passed over (0012) is added. Everything is compared before it is recorded.
    ///
    /// - Returns: what ran after the adoption; nothing for a database that was adopted before.
    /// - Throws: `cannotAdopt` with the reason and nothing changed, and what `apply` throws.
    @discardableResult
    public func adopt(
        progress: @escaping @Sendable (MigrationProgress) -> Void = { _ in }
    ) async throws(MigrationError) -> MigrationReport {
        guard options.schema == "public" else {
            throw .cannotAdopt(
                reason: "databases of the original use schema public, not \(options.schema)",
                remedy: "Adopt with schema public.")
        }
        let last = OriginalLedger.steps.last?.tag ?? ""
        let adoption = MigrationAdoption(
            recorded: [1, 2, 3, 4, 5, 6], compared: [1, 2, 3, 4, 5, 6, 7, 8], ignoredKinds: ["policy"],
            note: "original at \(last)")
        _ = try await migrator.adopt(adoption) { connection in
            try await Self.requireComplete(connection, last: last)
            try await connection.execute("ALTER TABLE agents ADD COLUMN IF NOT EXISTS model_preference text")
            let dimensions = try await Self.columnDimensions("public", on: connection)
            return dimensions.map { [Self.dimensionsParameter: $0] } ?? [:]
        }
        return try await migrator.apply(progress: progress)
    }

    private static func requireComplete(_ connection: PostgresConnection, last: String) async throws {
        let exists = try await connection.one(
            "SELECT to_regclass('drizzle.__drizzle_migrations') IS NOT NULL", as: Bool.self)
        guard exists else {
            throw MigrationError.cannotAdopt(
                reason: "it has no \(OriginalLedger.table), so the original did not migrate it",
                remedy: "Run migrate apply in an empty schema.")
        }
        let hashes = try await connection.collect(
            "SELECT hash FROM drizzle.__drizzle_migrations", as: String.self)
        if let objection = OriginalLedger.objection(to: Set(hashes)) {
            throw MigrationError.cannotAdopt(
                reason: objection, remedy: "Migrate it to \(last) with the original first, then adopt again.")
        }
    }
}
