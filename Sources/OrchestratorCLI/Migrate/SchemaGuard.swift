#if CLI
import OrchestratorMigrations
import PostgresWire

/// Refuses databases that are not at this program's migrations, before anything is done in them.
enum SchemaGuard {
    static func require(_ client: PostgresClient) async throws {
        try await OrchestratorSchema(client).requireCurrent()
    }
}
#endif
