import FoundationEssentials
import Orchestrator
import OrchestratorMigrations
import OrchestratorPostgres
import PostgresMigrator
import PostgresWire
import StoreContracts
import TestSupport
import Testing

@Suite struct SchemaTests {
    @Test func `a database gets the schema`() async throws {
        try await TestServer.withDatabase { database in
            let client = database.client
            do {
                let schema = try OrchestratorSchema(client)
                try await schema.apply()

                let comparison = try await schema.verify()
                if !comparison.isMatch { print(comparison.missing, comparison.extra, comparison.changed) }

                #expect(comparison.isMatch)
                try await schema.requireCurrent()
            }
        }
    }

    @Test func `the memory half is left out`() async throws {
        try await TestServer.withDatabase { database in
            let client = database.client

            var options = OrchestratorSchemaOptions()
            options.includesMemory = false
            let schema = try OrchestratorSchema(client, options: options)
            let report = try await schema.apply()

            #expect(!report.applied.contains(5))
            let facts = try await client.one("SELECT to_regclass('memory_facts') IS NULL", as: Bool.self)
            #expect(facts)
        }
    }

    @Test func `a database that is not the original's is not adopted`() async throws {
        try await TestServer.withDatabase { database in
            let client = database.client
            func adopt() async throws -> MigrationReport {
                let schema = try OrchestratorSchema(client)
                let report = try await schema.adopt()
                return report
            }
            await #expect(throws: MigrationError.self) { try await adopt() }
        }
    }

    @Test func `a role of the tenant plane sees one tenant`() async throws {
        try await TestServer.withDatabase(.migrated) { database in
            let tenant = TenantID(.init())
            try await database.client.execute(
                "INSERT INTO tenants (id, slug, name) VALUES (\(tenant.text)::uuid, 'acme', 'Acme')")
            try await database.client.execute(
                """
                INSERT INTO graphs (name, definition, tenant_id)
                VALUES ('of acme', '{}', \(tenant.text)::uuid), ('of the seed tenant', '{}', \(TenantID.seed.text)::uuid)
                """)
            try await TestServer.makeRole("docs_tenant_plane", password: "docs_tenant_plane")
            try await database.client.execute("GRANT cycgraph_app TO docs_tenant_plane")
            var server = database.configuration
            server.user = "docs_tenant_plane"
            server.password = "docs_tenant_plane"
            let client = PostgresClient(PostgresClientConfiguration(server))
            let backend = PostgresBackend(client)

            let runs = backend.persistence(tenant: tenant, claim: nil)
            let graphs = try await runs.listGraphs(.first)

            #expect(graphs.map(\.name) == ["of acme"])

            let names = try await client.withTransaction { connection in
                try await connection.setLocal("app.tenant_id", to: tenant.text)
                return try await connection.collect("SELECT name FROM graphs", as: String.self)
            }

            #expect(names == ["of acme"])
            let unset = try await client.collect("SELECT name FROM graphs", as: String.self)
            #expect(unset == [])
            await client.shutdown()
        }
    }
}
