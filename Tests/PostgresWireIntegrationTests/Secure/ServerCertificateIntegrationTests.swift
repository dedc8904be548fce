import PostgresWire
import Testing

/// What the server's certificate says, and whether we believe it.
@Suite(.serialized) struct ServerCertificateIntegrationTests {
    typealias Row = SecurityMatrixIntegrationTests.Row

    private static let full = SecurityMatrixIntegrationTests.full
    private static let scram = SecurityMatrixIntegrationTests.scram
    private static let localhost = "host=localhost hostaddr=127.0.0.1 \(scram)"

    private static func named(_ host: String) -> String {
        "host=\(host) hostaddr=127.0.0.1 \(scram) \(full)"
    }

    static let names: [(certificate: String, rows: [Row])] = [
        (
            "wrongname",
            [
                Row("verify-full", "\(localhost) \(full)", "hostname mismatch"),
                Row("its own name", named("elsewhere.test"), "ok TLSv1.3 bound"),
                Row("verify-ca", "\(scram) sslmode=verify-ca sslrootcert=$C/ca.crt", "ok TLSv1.3 bound"),
                Row("address", "\(scram) \(full)", "IP address mismatch"),
            ]
        ),
        (
            "wild",
            [
                Row("one label", named("a.db.test"), "ok TLSv1.3 bound"),
                Row("upper case", named("A.DB.test"), "ok TLSv1.3 bound"),
                Row("two labels", named("a.b.db.test"), "hostname mismatch"),
                Row("no label", named("db.test"), "hostname mismatch"),
            ]
        ),
        ("partial", [Row("part of a label", named("db.test"), "hostname mismatch")]),
        (
            "cnonly",
            [
                Row("common name", "\(localhost) \(full)", "ok TLSv1.3 bound"),
                Row("other name", named("other.test"), "hostname mismatch"),
                Row("address", "\(scram) \(full)", "IP address mismatch"),
            ]
        ),
        (
            "expired",
            [
                Row("verify-full", "\(localhost) \(full)", "certificate has expired"),
                Row(
                    "verify-ca", "\(localhost) sslmode=verify-ca sslrootcert=$C/ca.crt",
                    "certificate has expired"),
                Row("require", "\(localhost) sslmode=require", "ok TLSv1.3 bound"),
            ]
        ),
        (
            "stranger",
            [
                Row("verify-full", "\(localhost) \(full)", "certificate of localhost"),
                Row(
                    "its authority", "\(localhost) sslmode=verify-full sslrootcert=$C/otherca.crt",
                    "ok TLSv1.3 bound"),
            ]
        ),
        ("notserver", [Row("a client's", "\(localhost) \(full)", "certificate purpose")]),
    ]

    static let signatures: [(certificate: String, rows: [Row])] = [
        (
            "rsa384",
            [
                Row("SHA-384", "\(localhost) \(full) channel_binding=require", "ok TLSv1.3 bound")
            ]
        ),
        (
            "rsa512",
            [
                Row("SHA-512", "\(localhost) \(full) channel_binding=require", "ok TLSv1.3 bound")
            ]
        ),
        (
            "ed25519",
            [
                Row(
                    "no hash, require", "\(localhost) sslmode=require channel_binding=require",
                    SecurityMatrixIntegrationTests.needsBinding),
                Row("no hash, prefer", "\(localhost) sslmode=require", "ok TLSv1.3"),
            ]
        ),
        (
            "rsapss",
            [
                Row("RSA-PSS", "\(localhost) sslmode=require channel_binding=require", "ok TLSv1.3 bound")
            ]
        ),
    ]

    @Test(arguments: SecureServer.Build.allCases)
    func `names, dates and authorities of certificates are judged as libpq judges them`(
        build: SecureServer.Build
    ) async throws {
        try await judge(Self.names, build)
    }

    @Test(arguments: SecureServer.Build.allCases)
    func `logins are bound to certificates with every signature that names a hash`(
        build: SecureServer.Build
    ) async throws {
        try await judge(Self.signatures, build)
    }

    private func judge(
        _ table: [(certificate: String, rows: [Row])], _ build: SecureServer.Build
    ) async throws {
        let server = try await SecureServer.own(build)
        for (certificate, rows) in table {
            try await server.use(certificate: certificate)
            for row in rows {
                let verdict = try await server.verdict(row.options)
                let isExpected =
                    row.verdict.hasPrefix("ok")
                    ? verdict == row.verdict : verdict.contains(row.verdict)
                #expect(isExpected, "\(certificate), \(row.name): \(verdict)")
            }
        }
    }
}
