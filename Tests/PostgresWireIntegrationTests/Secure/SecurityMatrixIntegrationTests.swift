import PostgresWire
import Testing

/// Encryption and authentication on real servers; the verdicts are those of libpq 17 on the same servers.
@Suite(.serialized) struct SecurityMatrixIntegrationTests {
    /// One way in, and what becomes of it.
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let options: String
        let verdict: String
        var testDescription: String { name }

        init(_ name: String, _ options: String, _ verdict: String) {
            self.name = name
            self.options = options
            self.verdict = verdict
        }
    }

    static let full = "sslmode=verify-full sslrootcert=$C/ca.crt"
    static let scram = "user=scram password=pw-scram"
    static let needsBinding = "channel_binding=require asks for SCRAM over TLS"

    static let passwords: [Row] = [
        Row("scram without TLS", "\(scram) sslmode=disable", "ok nossl"),
        Row("wrong password", "user=scram password=bad sslmode=disable", "password authentication failed"),
        Row("md5", "user=md5user password=pw-md5 sslmode=disable", "ok nossl"),
        Row("password in the clear, loopback", "user=plain password=pw-plain sslmode=disable", "ok nossl"),
        Row("trust", "user=trusty sslmode=disable", "ok nossl"),
        Row("reject", "user=nobody password=x sslmode=disable", "pg_hba.conf rejects connection"),
        Row("hostssl only, disable", "user=tlsonly password=pw sslmode=disable", "pg_hba.conf rejects"),
        Row("hostssl only, allow", "user=tlsonly password=pw sslmode=allow", "ok TLSv1.3 bound"),
        Row("hostssl only, prefer", "user=tlsonly password=pw sslmode=prefer", "ok TLSv1.3 bound"),
        Row("allow stays in the clear", "\(scram) sslmode=allow", "ok nossl"),
        Row(
            "require_auth=scram against password",
            "user=plain password=pw-plain sslmode=disable require_auth=scram-sha-256",
            "which require_auth does not name"),
        Row(
            "require_auth=scram against trust", "user=trusty sslmode=disable require_auth=scram-sha-256",
            "which require_auth does not name"),
    ]

    static let verification: [Row] = [
        Row("verify-full, address", "\(scram) \(full)", "ok TLSv1.3 bound"),
        Row("verify-full, name", "host=localhost hostaddr=127.0.0.1 \(scram) \(full)", "ok TLSv1.3 bound"),
        Row(
            "verify-full, other name", "host=other.test hostaddr=127.0.0.1 \(scram) \(full)",
            "hostname mismatch"),
        Row(
            "verify-full by default elsewhere",
            "host=other.test hostaddr=127.0.0.1 \(scram) sslrootcert=$C/ca.crt", "hostname mismatch"),
        Row(
            "verify-ca, other name",
            "host=other.test hostaddr=127.0.0.1 \(scram) sslmode=verify-ca sslrootcert=$C/ca.crt",
            "ok TLSv1.3 bound"),
        Row(
            "verify-ca, other authority", "\(scram) sslmode=verify-ca sslrootcert=$C/otherca.crt",
            "certificate of 127.0.0.1"),
        Row(
            "require with an authority verifies", "\(scram) sslmode=require sslrootcert=$C/otherca.crt",
            "certificate of 127.0.0.1"),
        Row(
            "authority of the system", "\(scram) sslmode=verify-full sslrootcert=system",
            "certificate of 127.0.0.1"),
        Row(
            "authority of the system, weak", "\(scram) sslmode=require sslrootcert=system",
            "sslrootcert=system needs sslmode=verify-full"),
        Row(
            "no such authority", "\(scram) sslmode=verify-full sslrootcert=$C/none.crt",
            "the root certificates cannot be used"),
        Row("revoked", "\(scram) \(full) sslcrl=$C/revoked.crl", "certificate revoked"),
        Row("not revoked", "\(scram) \(full) sslcrl=$C/empty.crl", "ok TLSv1.3 bound"),
    ]

    static let binding: [Row] = [
        Row("binding over TLS", "\(scram) sslmode=require channel_binding=require", "ok TLSv1.3 bound"),
        Row(
            "binding over TLS 1.2",
            "\(scram) sslmode=require channel_binding=require ssl_max_protocol_version=TLSv1.2",
            "ok TLSv1.2 bound"),
        Row("no binding if it is disabled", "\(scram) sslmode=require channel_binding=disable", "ok TLSv1.3"),
        Row("binding without TLS", "\(scram) sslmode=disable channel_binding=require", needsBinding),
        Row(
            "binding and md5", "user=md5user password=pw-md5 sslmode=require channel_binding=require",
            needsBinding),
        Row("binding and trust", "user=trusty sslmode=require channel_binding=require", needsBinding),
    ]

    static let clients: [Row] = [
        Row("certificate", "user=app \(full) sslcert=$C/client.crt sslkey=$C/client.key", "ok TLSv1.3"),
        Row(
            "certificate, mapped", "user=certuser \(full) sslcert=$C/client.crt sslkey=$C/client.key",
            "ok TLSv1.3"),
        Row(
            "certificate of another",
            "user=app \(full) sslcert=$C/client-other.crt sslkey=$C/client-other.key",
            "certificate authentication failed"),
        Row(
            "certificate of a strange authority",
            "user=app \(full) sslcert=$C/client-stranger.crt sslkey=$C/client-stranger.key", "unknown ca"),
        Row("no certificate", "user=app \(full)", "requires a valid client certificate"),
        Row(
            "password and another's certificate",
            "user=scert password=pw \(full) sslcert=$C/client.crt sslkey=$C/client.key",
            "password authentication failed"),
        Row(
            "locked key",
            "user=app \(full) sslcert=$C/client.crt sslkey=$C/client-locked.key sslpassword=canary-passphrase",
            "ok TLSv1.3"),
        Row(
            "locked key, wrong passphrase",
            "user=app \(full) sslcert=$C/client.crt sslkey=$C/client-locked.key sslpassword=canary-wrong",
            "the key of the client certificate cannot be used"),
        Row(
            "locked key, no passphrase", "user=app \(full) sslcert=$C/client.crt sslkey=$C/client-locked.key",
            "the key of the client certificate cannot be used"),
        Row(
            "key of another certificate", "user=app \(full) sslcert=$C/client.crt sslkey=$C/server.key",
            "the key of the client certificate cannot be used"),
        Row(
            "key that others can read", "user=app \(full) sslcert=$C/client.crt sslkey=$C/client-open.key",
            "others may read it"),
    ]

    @Test(arguments: SecureServer.Build.allCases, passwords + verification + binding)
    func `a way in is judged as libpq judges it`(build: SecureServer.Build, row: Row) async throws {
        let server = try await SecureServer.shared(build)
        try await expect(row, server)
    }

    @Test(arguments: SecureServer.Build.allCases, clients)
    func `a client certificate is judged as libpq judges it`(
        build: SecureServer.Build, row: Row
    ) async throws {
        let server = try await SecureServer.shared(build)
        try await expect(row, server)
    }

    @Test(arguments: SecureServer.Build.allCases)
    func `TLS without a request works where the server has it`(build: SecureServer.Build) async throws {
        let server = try await SecureServer.shared(build)
        let options = "\(Self.scram) sslmode=require sslnegotiation=direct"
        let isKnown = server.major >= 17
        let verdict = try await server.verdict(options)
        #expect(isKnown ? verdict == "ok TLSv1.3 bound" : verdict.contains("TLS handshake"), "\(verdict)")
        let bound = try await server.verdict(options + " channel_binding=require")
        #expect(isKnown ? bound == "ok TLSv1.3 bound" : bound.contains("TLS handshake"), "\(bound)")
        let weak = try await server.verdict("\(Self.scram) sslmode=prefer sslnegotiation=direct")
        #expect(weak.contains("sslnegotiation=direct needs sslmode=require"))
    }

    private func expect(_ row: Row, _ server: SecureServer) async throws {
        let verdict = try await server.verdict(row.options)
        if row.verdict.hasPrefix("ok") {
            #expect(verdict == row.verdict)
        } else {
            #expect(verdict.contains(row.verdict))
        }
        #expect(!verdict.contains("pw-scram") && !verdict.contains("canary"))
    }
}
