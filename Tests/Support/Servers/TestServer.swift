import EmbeddedPostgres
import FoundationEssentials
import PostgresWire

/// The PostgreSQL server of the integration tests of one process.
///
/// It is started on first use, without durability, and ends with the process; `ORCHESTRATOR_TEST_URL` names another
/// one on purpose. `DATABASE_URL` is never used.
package enum TestServer {
    private static let started = Task {
        if let url = ProcessInfo.processInfo.environment["ORCHESTRATOR_TEST_URL"] { return url }
        let options = EmbeddedPostgresOptions(
            ephemeral: true, durability: .none, settings: ["max_connections": "300"])
        return try await EmbeddedPostgres.start(options).url
    }

    /// Where the server is, for a role that may do everything.
    package static func url() async throws -> String { try await started.value }

    /// Runs a body with a new empty database, which is dropped afterwards, whoever is still connected.
    ///
    /// - Parameters:
    ///   - ordinaryOwner: whether the database's client is a new role that owns the database and nothing else; the
    ///     extension vector is made for it, which it could not do itself.
    ///   - maximumConnections: the size of the client's pool.
    ///   - body: the test.
    /// - Returns: what the body returns.
    /// - Throws: what the body throws, and errors of the server.
    package static func withDatabase<Result: Sendable>(
        ordinaryOwner: Bool = false, maximumConnections: Int = 20,
        _ body: (TestDatabase) async throws -> Result
    ) async throws -> Result {
        let server = try PostgresConfiguration(url: try await url())
        let root = try await PostgresConnection.connect(server)
        let name = "test_" + String(UInt64.random(in: .min ... .max), radix: 36)
        var configuration = server
        configuration.database = name
        do {
            try await root.execute("CREATE DATABASE \(identifier: name)")
            if ordinaryOwner { try await own(&configuration, name, root) }
            let database = TestDatabase(
                name: name, configuration: configuration, maximumConnections: maximumConnections)
            let result = try await body(database)
            await database.client.shutdown()
            try await drop(name, ordinaryOwner, root)
            return result
        } catch {
            try? await drop(name, ordinaryOwner, root)
            throw error
        }
    }

    private static func own(
        _ configuration: inout PostgresConfiguration, _ name: String, _ root: PostgresConnection
    ) async throws {
        let inside = try await PostgresConnection.connect(configuration)
        try await inside.execute("CREATE EXTENSION IF NOT EXISTS vector")
        inside.close()
        _ = try await root.script(
            """
            CREATE ROLE \(name) LOGIN PASSWORD '\(name)';
            ALTER DATABASE \(name) OWNER TO \(name);
            """)
        configuration.user = name
        configuration.password = name
    }

    private static func drop(_ name: String, _ ordinaryOwner: Bool, _ root: PostgresConnection) async throws {
        try await root.execute("DROP DATABASE IF EXISTS \(identifier: name) WITH (FORCE)")
        if ordinaryOwner { try await root.execute("DROP ROLE IF EXISTS \(identifier: name)") }
        root.close()
    }
}
