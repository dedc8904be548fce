#if CLI
import OrchestratorMigrations
import PostgresMigrator
import PostgresWire

/// The schema of its own in which the PostgreSQL adapters are checked.
struct ConformanceSchema: Sendable {
    let name: String
    /// The server for the report, as `PostgreSQL 18.6`.
    let server: String
    private let client: PostgresClient

    /// Makes the schema, migrated; nothing is left after an error.
    static func make(on client: PostgresClient, _ console: Console) async throws -> ConformanceSchema {
        let (version, role, isBound) = try await client.one(
            """
            SELECT current_setting('server_version'), current_user::text, NOT (rolsuper OR rolbypassrls)
            FROM pg_roles WHERE rolname = current_user
            """, as: (String, String, Bool).self)
        if isBound {
            throw CommandFailure(
                .server, "The role \(role) is bound by row-level security, and the queue spans all tenants",
                remedy:
                    "Run ALTER ROLE \(PostgresQuery.quoted(identifier: role)) BYPASSRLS, or use a superuser")
        }
        let name = "orchestrator_conformance_" + String(UInt64.random(in: .min ... .max), radix: 36)
        let schema = ConformanceSchema(
            name: name, server: "PostgreSQL \(version.prefix { $0 != " " })", client: client)
        do {
            try await client.execute("CREATE SCHEMA \(identifier: name)")
            _ = try await OrchestratorSchema(
                client, options: OrchestratorSchemaOptions(schema: name, includesMemory: false)
            ).apply { $0.tell(console) }
        } catch {
            try? await schema.drop()
            throw error
        }
        return schema
    }

    /// Removes the schema with everything in it, even if the task is cancelled.
    func drop() async throws {
        let (client, name) = (client, name)
        _ = try await Task {
            try await client.execute("DROP SCHEMA IF EXISTS \(identifier: name) CASCADE")
        }.value
    }
}
#endif
