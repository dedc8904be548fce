import Foundation
import PostgresWire
import Testing

/// Work over an encrypted connection.
@Suite struct EncryptedSessionIntegrationTests {
    private func connect(_ build: SecureServer.Build = .packaged, _ more: String = "") async throws
        -> PostgresConnection
    {
        let server = try await SecureServer.shared(build)
        let options =
            "\(SecurityMatrixIntegrationTests.scram) sslmode=verify-full sslrootcert=$C/ca.crt\(more)"
        return try await PostgresConnection.connect(try server.configuration(options))
    }

    @Test func `the session tells how it is encrypted`() async throws {
        let connection = try await connect()
        defer { connection.close() }
        let tls = try #require(connection.tls)
        #expect(tls.version == "TLSv1.3")
        #expect(tls.cipher == "TLS_AES_256_GCM_SHA384")
        #expect(tls.isVerified)
        let expiry = try #require(tls.certificateExpiry)
        #expect(expiry > 1_700_000_000)
        #expect(connection.authenticationMethod == "scram-sha-256")
    }

    @Test(arguments: ["TLSv1.2", "TLSv1.3"])
    func `rows larger than a TLS record arrive whole`(version: String) async throws {
        let connection = try await connect(.packaged, " ssl_max_protocol_version=\(version)")
        defer { connection.close() }
        for count in [1, 16_383, 16_384, 16_385, 40_000, 1_000_000, 20_000_000] {
            let text = try await connection.one("SELECT repeat('x', \(Int32(count)))", as: String.self)
            #expect(text.utf8.count == count)
        }
    }

    @Test func `64 MB arrive in a stream that is read slowly`() async throws {
        let connection = try await connect()
        defer { connection.close() }
        var bytes = 0
        var count = 0
        let rows = try await connection.query(
            "SELECT n, repeat(chr(65 + n % 26), 1000) FROM generate_series(0, 65535) n")
        for try await row in rows {
            let (number, text) = try row.decode((Int, String).self)
            #expect(number == count)
            bytes += text.utf8.count
            count += 1
            if count % 10_000 == 0 { try await Task.sleep(for: .milliseconds(20)) }
        }
        #expect(bytes == 65_536_000)
        #expect(try await connection.one("SELECT 7", as: Int.self) == 7)
    }

    @Test func `rows are copied into a table over TLS`() async throws {
        let connection = try await connect()
        defer { connection.close() }
        try await connection.execute("CREATE TEMP TABLE copied (number int8, text text)")
        let text = String(repeating: "y", count: 2_000)
        let count = try await connection.copyIn(into: "\(identifier: "copied")", columns: ["number", "text"])
        {
            writer in
            for number in 0..<10_000 { try await writer.write(Int64(number), text) }
        }
        #expect(count == 10_000)
        let (sum, bytes) = try await connection.one(
            "SELECT sum(number)::int8, sum(length(text))::int8 FROM copied", as: (Int64, Int64).self)
        #expect(sum == 49_995_000)
        #expect(bytes == 20_000_000)
    }

    @Test func `a running statement is cancelled over TLS`() async throws {
        let connection = try await connect()
        defer { connection.close() }
        let sleeper = Task { try await connection.execute("SELECT pg_sleep(60)") }
        try await Task.sleep(for: .milliseconds(200))
        sleeper.cancel()
        let error = await #expect(throws: PostgresError.self) { try await sleeper.value }
        #expect(error?.code == .cancelled)
        #expect(try await connection.one("SELECT 8", as: Int.self) == 8)
        #expect(!connection.isClosed)
    }

    #if os(Linux)
    @Test func `what is said through a wire-tap is encrypted, the cancel request too`() async throws {
        let server = try await SecureServer.shared(.packaged)
        let proxy = try RecordingProxy(to: server.port)
        defer { proxy.stop() }
        var configuration = try server.configuration(
            "\(SecurityMatrixIntegrationTests.scram) sslmode=verify-full sslrootcert=$C/ca.crt")
        configuration.port = proxy.port
        let connection = try await PostgresConnection.connect(configuration)
        defer { connection.close() }
        let sleeper = Task { try await connection.execute("SELECT pg_sleep(60), 'canary-text'") }
        try await Task.sleep(for: .milliseconds(300))
        sleeper.cancel()
        let error = await #expect(throws: PostgresError.self) { try await sleeper.value }
        #expect(error?.code == .cancelled)
        #expect(try await connection.one("SELECT 8", as: Int.self) == 8)
        // The session, and a cancel request or several: it is repeated until it has an effect.
        #expect(proxy.connections.count >= 2)
        for said in proxy.connections {
            // A request for TLS, and then nothing but a handshake: no startup packet and no key.
            #expect(Array(said.prefix(8)) == [0, 0, 0, 8, 4, 210, 22, 47])
            #expect(said.dropFirst(8).first == 22)
            #expect(!String(decoding: said, as: UTF8.self).contains("scram"))
            #expect(!String(decoding: said, as: UTF8.self).contains("canary-text"))
        }
        #expect(proxy.connections.last?.count ?? 0 > 100)
    }
    #endif

    @Test func `a connection shows no secret in any text`() async throws {
        let connection = try await connect()
        defer { connection.close() }
        var dumped = ""
        dump(connection, to: &dumped)
        for text in [dumped, String(describing: connection), String(reflecting: connection)] {
            #expect(!text.contains("pw-scram"))
        }
    }

    @Test func `the keys of a connection are written for wire-taps of one's own if that is wanted`()
        async throws
    {
        let server = try await SecureServer.shared(.packaged)
        let file = server.certificates.folder + "/keys.log"
        let options = "\(SecurityMatrixIntegrationTests.scram) sslmode=require sslkeylogfile=$C/keys.log"
        try await PostgresConnection.connect(try server.configuration(options)).close()
        let log = try String(contentsOf: URL(fileURLWithPath: file), encoding: .utf8)
        #expect(log.contains("CLIENT_TRAFFIC_SECRET_0 "))
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func `a pool logs in with kept keys, and its sessions are encrypted`() async throws {
        let server = try await SecureServer.shared(.packaged)
        let client = PostgresClient(
            PostgresClientConfiguration(
                try server.configuration(
                    "\(SecurityMatrixIntegrationTests.scram) sslmode=verify-full sslrootcert=$C/ca.crt")))
        for _ in 0..<3 {
            let version = try await client.one(
                "SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()", as: String.self)
            #expect(version == "TLSv1.3")
            client.expireAll()
        }
        #expect(client.statistics.opened == 3)
        await client.shutdown()
    }

    @Test func `a thousand statements are in flight at once`() async throws {
        let connection = try await connect()
        defer { connection.close() }
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<1_000 {
                group.addTask { try await connection.one("SELECT \(number)", as: Int.self) == number }
            }
            for try await isRight in group { #expect(isRight) }
        }
    }
}
