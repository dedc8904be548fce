import PostgresWire
import TestSupport
import Testing

@Suite struct ConnectingTests {
    private struct Vault: Sendable {
        func token(for role: String) async throws -> String { "token of \(role)" }
    }

    @Test func `a connection URI`() async throws {
        try await Sample.withDatabase { _, database in
            let url = database.url

            let client = try PostgresClient(url: url)
            let version = try await client.one("SHOW server_version", as: String.self)
            await client.shutdown()

            #expect(version.first?.isNumber == true)
        }
    }

    @Test func `a pool for the time of a closure`() async throws {
        try await Sample.withDatabase { _, database in
            let url = database.url

            let users = try await PostgresClient.withClient(url: url) { client in
                try await client.one("SELECT count(*) FROM users", as: Int.self)
            }

            #expect(users == 3)
        }
    }

    @Test func `a configuration`() async throws {
        let vault = Vault()

        var server = PostgresConfiguration(host: "db.example.com", user: "shop", database: "shop")
        server.passwordProvider = { try await vault.token(for: "shop") }
        server.applicationName = "shop-api"
        server.connectTimeout = .seconds(5)
        server.runtimeParameters = ["statement_timeout": "30s", "TimeZone": "UTC"]

        var pool = PostgresClientConfiguration(server)
        pool.maximumConnections = 20
        let client = PostgresClient(pool)

        #expect(client.statistics.connections == 0)
        #expect(client.configuration.server.tlsMode == .verifyFull)
        let seen1 = try await server.passwordProvider?()
        #expect(seen1 == "token of shop")
        await client.shutdown()
    }

    @Test func `what libpq's programs would take`() async throws {
        let server = try PostgresConfiguration(environment: nil)
        let client = PostgresClient(PostgresClientConfiguration(server))

        #expect(!server.user.isEmpty)
        await client.shutdown()
    }

    @Test func `several servers`() throws {
        let server = try PostgresConfiguration(
            url: "postgres://shop@db1.example.com,db2.example.com/shop?target_session_attrs=primary")

        #expect(server.endpoints.map(\.host) == ["db1.example.com", "db2.example.com"])
        #expect(server.targetSession == .primary)
    }

    @Test func `encryption`() {
        var server = PostgresConfiguration(host: "db.example.com", user: "shop")
        server.tls.rootCertificates = "authority.pem"
        server.channelBinding = .require
        server.requiredAuthentication = [.scramSHA256]

        #expect(server.tlsMode == .verifyFull)
    }

    @Test func `a string of somebody else`() {
        func open(_ text: String) throws -> PostgresConfiguration {
            let server = try PostgresConfiguration(untrusted: text)
            return server
        }
        #expect(throws: PostgresError.self) { try open("postgres://me@/db?host=/run/postgresql") }
        #expect(throws: PostgresError.self) { try open("postgres://me@db/db?passfile=secret") }
        #expect(throws: Never.self) { try open("postgres://me@db.example.com/db") }
    }

    @Test func `one connection without a pool`() async throws {
        try await Sample.withDatabase { _, database in
            let server = database.configuration
            var printed: [String] = []
            func print(_ value: Any) { printed.append("\(value)") }

            let connection = try await PostgresConnection.connect(server)
            defer { connection.close() }

            print(connection.endpoint.description)
            print(connection.serverVersion?.major ?? 0)
            print(connection.tls?.version ?? "in the clear")
            print(connection.authenticationMethod)

            #expect(printed.count == 4)
            #expect(printed[0] == "127.0.0.1:\(server.port)" || printed[0] == "localhost:\(server.port)")
        }
    }
}
