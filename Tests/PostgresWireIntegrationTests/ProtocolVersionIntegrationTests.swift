import PostgresWire
import TestSupport
import Testing

/// Protocol 3.2 with servers that know it and with those that do not.
@Suite struct ProtocolVersionIntegrationTests {
    /// Connects to a build of the server, asking for these versions.
    private func connect(
        _ build: SecureServer.Build, _ options: String
    ) async throws -> (connection: PostgresConnection, knows32: Bool) {
        let server = try await SecureServer.shared(build)
        let connection = try await PostgresConnection.connect(
            try server.configuration("\(SecurityMatrixIntegrationTests.scram) sslmode=disable \(options)"))
        return (connection, server.major >= 18)
    }

    @Test(arguments: SecureServer.Build.allCases)
    func `3.0 is spoken unless more is asked for`(build: SecureServer.Build) async throws {
        let (connection, _) = try await connect(build, "application_name=a")
        defer { connection.close() }
        #expect(connection.protocolVersion == .v30)
    }

    @Test(arguments: SecureServer.Build.allCases)
    func `the newest version that both know is spoken`(build: SecureServer.Build) async throws {
        let (connection, knows32) = try await connect(build, "max_protocol_version=latest")
        defer { connection.close() }
        #expect(connection.protocolVersion == (knows32 ? .v32 : .v30))
        #expect(try await connection.one("SELECT 7", as: Int.self) == 7)
    }

    @Test(arguments: SecureServer.Build.allCases)
    func `a statement is stopped with the key of either version`(build: SecureServer.Build) async throws {
        let (connection, _) = try await connect(build, "max_protocol_version=3.2")
        defer { connection.close() }
        let task = Task { try await connection.execute("SELECT pg_sleep(60)") }
        try await Task.sleep(for: .milliseconds(200))
        task.cancel()
        let error = await errorOf { _ = try await task.value }
        #expect(error?.code == .cancelled)
        #expect(try await connection.one("SELECT 8", as: Int.self) == 8)
    }

    @Test(arguments: SecureServer.Build.allCases)
    func `a server that is too old is refused`(build: SecureServer.Build) async throws {
        let knows32 = try await SecureServer.shared(build).major >= 18
        let error = await errorOf {
            try await connect(build, "min_protocol_version=3.2").connection.close()
        }
        if knows32 {
            #expect(error == nil)
        } else {
            #expect(error?.code == .connectionRefused)
            #expect(error?.reason.contains("the server speaks protocol 3.0") == true)
        }
    }
}
