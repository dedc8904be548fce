import Foundation
import PostgresWire
import TestSupport
import Testing

/// Who the tenant plane connects as.
enum TenantRole: String, CaseIterable, Sendable, CustomTestStringConvertible {
    /// Row-level security does not bind it: only the statements keep tenants apart.
    case superuser
    /// Owns the tables, and is bound since row-level security is forced.
    case owner
    /// A login of the role that the migrations make for tenants.
    case member

    var testDescription: String { rawValue }

    /// Runs a test with a pool that connects as this role.
    func run(on database: TestDatabase, _ test: (PostgresClient) async throws -> Void) async throws {
        guard self != .superuser else { return try await test(database.client) }
        let name = "\(rawValue)_\(UUID().uuidString.lowercased().prefix(8))"
        let admin = database.client
        try await TestServer.makeRole(name, password: "secret")
        if self == .member {
            try await admin.execute("GRANT cycgraph_app TO \(identifier: name)")
        } else {
            let tables = try await admin.collect(
                "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'", as: String.self)
            for table in tables {
                try await admin.execute("ALTER TABLE \(identifier: table) OWNER TO \(identifier: name)")
            }
        }
        var configuration = database.configuration
        configuration.user = name
        configuration.password = "secret"
        let client = PostgresClient(PostgresClientConfiguration(configuration))
        try await test(client)
        await client.shutdown()
        try await admin.execute("REASSIGN OWNED BY \(identifier: name) TO CURRENT_USER")
        try await admin.execute("DROP OWNED BY \(identifier: name)")
        try await admin.execute("DROP ROLE \(identifier: name)")
    }
}
