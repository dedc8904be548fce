import EmbeddedPostgres
import Foundation
import OrchestratorMigrations
import PostgresWire

/// A fresh, migrated database of the server that all tests of this target share.
struct AdapterDatabase: Sendable {
    /// The pool, as the superuser.
    let client: PostgresClient
    /// The URL of the database, as the superuser.
    let url: String

    private static let server = Task { try await startServer() }

    /// Starts the server once, and migrates the database from which the others are copied.
    private static func startServer() async throws -> EmbeddedPostgresServer {
        let options = EmbeddedPostgresOptions(
            ephemeral: true, durability: .none, settings: ["max_connections": "400"])
        let server = try await EmbeddedPostgres.start(options)
        let admin = try PostgresClient(url: server.url)
        try await admin.execute("CREATE DATABASE template_adapters")
        let template = try PostgresClient(url: try replaced(server.url, "template_adapters"))
        let schema = OrchestratorSchemaOptions(embeddingDimensions: 8)
        try await OrchestratorSchema(template, options: schema).apply()
        await template.shutdown()
        await admin.shutdown()
        return server
    }

    /// Creates a database.
    static func make(connections: Int = 16) async throws -> AdapterDatabase {
        let server = try await Self.server.value
        let name = "adapters_\(UUID().uuidString.lowercased().prefix(8))"
        let admin = try PostgresClient(url: server.url)
        while try await !copyTemplate(to: name, admin) { try await Task.sleep(for: .milliseconds(50)) }
        await admin.shutdown()
        let url = try replaced(server.url, name)
        return AdapterDatabase(client: try pool(url, connections), url: url)
    }

    /// False while another test copies the template, or a session of it is still ending.
    private static func copyTemplate(to name: String, _ admin: PostgresClient) async throws -> Bool {
        do {
            try await admin.execute(
                "CREATE DATABASE \(identifier: name) TEMPLATE template_adapters STRATEGY file_copy")
            return true
        } catch {
            guard error.sqlState == "55006" else { throw error }
            return false
        }
    }

    /// A pool for another role.
    func client(user: String, password: String, connections: Int = 4) throws -> PostgresClient {
        var components = try Self.components(url)
        components.user = user
        components.password = password
        return try Self.pool(components.string ?? url, connections)
    }

    private static func pool(_ url: String, _ connections: Int) throws -> PostgresClient {
        var configuration = try PostgresClientConfiguration(url: url)
        configuration.maximumConnections = connections
        return PostgresClient(configuration)
    }

    private static func replaced(_ url: String, _ database: String) throws -> String {
        var components = try components(url)
        components.path = "/\(database)"
        return components.string ?? url
    }

    private static func components(_ url: String) throws -> URLComponents {
        guard let components = URLComponents(string: url) else { throw CocoaError(.formatting) }
        return components
    }
}
