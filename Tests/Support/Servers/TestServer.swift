import EmbeddedPostgres
import FoundationEssentials
import PostgresWire
import Testing

/// The PostgreSQL server of the integration tests of one process.
///
/// It is started on first use, without durability, and ends with the process; `ORCHESTRATOR_TEST_URL` names another
/// one on purpose. `DATABASE_URL` is never used. Where no server can be had, tests are skipped with the reason, but
/// fail if `CI` is set.
package enum TestServer {
    private static let started = Task {
        if let url = environment["ORCHESTRATOR_TEST_URL"] {
            try await dropLeftovers(at: url)
            return url
        }
        let options = EmbeddedPostgresOptions(
            ephemeral: true, durability: .none, settings: ["max_connections": "300"])
        return try await EmbeddedPostgres.start(options).url
    }

    private static let environment = ProcessInfo.processInfo.environment

    /// Where the server is, for a role that may do everything.
    ///
    /// - Throws: why there is none; outside of CI a missing installation cancels the test instead.
    package static func url() async throws -> String {
        do {
            return try await started.value
        } catch let error as EmbeddedPostgresError {
            guard environment["CI"] == nil else { throw error }
            switch error {
            case .noServerAvailable, .accountMissing:
                try Test.cancel("set ORCHESTRATOR_TEST_URL, there is no other server: \(error.summary)")
            default: throw error
            }
        }
    }

    /// Runs a body with a new database, which is dropped afterwards, whoever is still connected.
    ///
    /// - Parameters:
    ///   - template: what is in the database before the test; a copy of the schema takes a tenth of a second.
    ///   - ordinaryOwner: whether the database's client is a new role that owns the database and nothing else; the
    ///     extension vector is made for it, which it could not do itself.
    ///   - maximumConnections: the size of the client's pool.
    ///   - body: the test.
    /// - Returns: what the body returns.
    /// - Throws: what the body throws, and errors of the server.
    package static func withDatabase<Result: Sendable>(
        _ template: TestTemplate = .empty, ordinaryOwner: Bool = false, maximumConnections: Int = 20,
        _ body: (TestDatabase) async throws -> Result
    ) async throws -> Result {
        let server = try PostgresConfiguration(url: try await url())
        let source = try await TestTemplates.shared.name(template, on: server)
        let root = try await PostgresConnection.connect(server)
        let name = newName()
        var configuration = server
        configuration.database = name
        do {
            try await root.execute("CREATE DATABASE \(identifier: name) TEMPLATE \(identifier: source)")
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

    /// Makes a role that may log in, if it is not there yet.
    ///
    /// Name and password are plain letters and digits.
    package static func makeRole(_ name: String, password: String) async throws {
        let root = try await PostgresConnection.connect(try PostgresConfiguration(url: try await url()))
        defer { root.close() }
        _ = try await root.script(
            """
            DO $$ BEGIN
                CREATE ROLE \(name) LOGIN PASSWORD '\(password)';
            EXCEPTION WHEN duplicate_object THEN
                NULL;
            END $$
            """)
    }

    /// A name for a database that no other test has; the time in it tells when the database may be dropped.
    static func newName() -> String {
        let seconds = Int(Date().timeIntervalSince1970)
        return "test_\(seconds)_" + String(UInt64.random(in: .min ... .max), radix: 36)
    }

    /// Drops what earlier runs have left on a server that outlives them, if it is older than six hours.
    private static func dropLeftovers(at url: String) async throws {
        let root = try await PostgresConnection.connect(try PostgresConfiguration(url: url))
        defer { root.close() }
        let names = try await root.collect(
            """
            SELECT datname::text FROM pg_database
            WHERE datname ~ '^test_[0-9]{10}_' AND split_part(datname, '_', 2)::bigint
                < extract(epoch FROM now()) - 21600
            """, as: String.self)
        for name in names {
            try await root.execute("DROP DATABASE IF EXISTS \(identifier: name) WITH (FORCE)")
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
