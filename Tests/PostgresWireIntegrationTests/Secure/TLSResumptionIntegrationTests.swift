import PostgresWire
import TestSupport
import Testing

/// Sessions of TLS that a pool resumes, behind a proxy that ends TLS: PostgreSQL itself lets nobody resume.
@Suite struct TLSResumptionIntegrationTests {
    /// How four connections, one after the other, are encrypted.
    private func descriptions(
        _ version: String, _ change: (inout PostgresConfiguration) -> Void = { _ in }
    ) async throws -> (client: [TLSDescription?], proxy: [Bool]) {
        let server = try await SecureServer.shared(.packaged)
        let front = try TLSFront(
            to: server.port, certificate: server.certificates.certificate("server"),
            key: server.certificates.key("server"))
        defer { front.stop() }
        var configuration = try server.configuration(
            "\(SecurityMatrixIntegrationTests.scram) sslmode=verify-full sslrootcert=$C/ca.crt"
                + " ssl_max_protocol_version=\(version)")
        configuration.port = front.port
        change(&configuration)
        let client = PostgresClient(PostgresClientConfiguration(configuration))
        var result: [TLSDescription?] = []
        for _ in 0..<4 {
            let description = try await client.withConnection { connection in
                _ = try await connection.one("SELECT 1", as: Int.self)
                return connection.tls
            }
            result.append(description)
            client.expireAll()
        }
        await client.shutdown()
        return (result, front.resumed)
    }

    @Test(arguments: ["TLSv1.2", "TLSv1.3"])
    func `all connections of a pool but the first resume a session`(version: String) async throws {
        let (client, proxy) = try await descriptions(version)
        #expect(client.map { $0?.isResumed } == [false, true, true, true])
        #expect(proxy == [false, true, true, true])
        #expect(client.map { $0?.version } == [version, version, version, version])
        #expect(client.allSatisfy { $0?.isVerified == true })
        // The certificate that was verified at first is still known.
        #expect(Set(client.map { $0?.certificateExpiry }).count == 1)
        #expect(client[3]?.certificateExpiry != nil)
    }

    @Test(arguments: ["TLSv1.2", "TLSv1.3"])
    func `a pool that must not resume makes whole handshakes`(version: String) async throws {
        let (client, proxy) = try await descriptions(version) { $0.tls.resumesSessions = false }
        #expect(client.map { $0?.isResumed } == [false, false, false, false])
        #expect(proxy == [false, false, false, false])
    }

    @Test func `no session is resumed where the login must be bound to the certificate`() async throws {
        let server = try await SecureServer.shared(.packaged)
        let client = PostgresClient(
            PostgresClientConfiguration(
                try server.configuration(
                    "\(SecurityMatrixIntegrationTests.scram) sslmode=verify-full sslrootcert=$C/ca.crt"
                        + " channel_binding=require")))
        for _ in 0..<2 {
            let (isResumed, isBound) = try await client.withConnection {
                ($0.tls?.isResumed, $0.isChannelBound)
            }
            #expect(isResumed == false)
            #expect(isBound)
            client.expireAll()
        }
        await client.shutdown()
    }
}
