#if CLI
import OrchestratorMigrations
import PostgresMigrator
import PostgresWire

/// Refuses databases that are not at this program's migrations, before anything is done in them.
enum SchemaGuard {
    /// Returns when the workflow half is current; the memory half counts only where it was installed.
    static func require(_ client: PostgresClient, schema name: String = "public") async throws {
        let schema = try OrchestratorSchema(client, options: OrchestratorSchemaOptions(schema: name))
        let hasMemory = try await !schema.migrator.recorded().contains { $0.state == .skipped }
        try await OrchestratorSchema(
            client, options: OrchestratorSchemaOptions(schema: name, includesMemory: hasMemory)
        ).requireCurrent()
    }
}
#endif
