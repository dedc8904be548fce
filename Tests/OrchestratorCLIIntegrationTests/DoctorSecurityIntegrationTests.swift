import EmbeddedPostgres
import Foundation
import JSONModel
import PostgresWire
import TestSupport
import Testing

/// What the doctor says of encryption and logins, on a server of its own with a certificate that ends soon.
@Suite(
    .needsCommandLine, .enabled(if: hasOpenSSL, "there is no program openssl, which makes the certificate"))
struct DoctorSecurityIntegrationTests {
    private static let rules = """
        host all trusty   127.0.0.1/32 trust
        host all plain    127.0.0.1/32 password
        host all md5user  127.0.0.1/32 md5
        host all all      127.0.0.1/32 scram-sha-256
        local all all                  scram-sha-256
        """

    @Test func `encryption and the way of logging in are told and judged`() async throws {
        var options = EmbeddedPostgresOptions(ephemeral: true, durability: .none)
        options.needsVector = false
        let server = try await EmbeddedPostgres.start(options)
        let folder = FileManager.default.temporaryDirectory.appending(path: "doctor-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Self.makeCertificate(in: folder)
        let root = try PostgresConfiguration(url: server.url)
        try await Self.prepare(root, folder)

        let plain =
            "postgres://\(root.user):\(root.password ?? "")@localhost:\(server.port)/\(root.database ?? "")"
        let required = try await doctor(plain + "?sslmode=require")
        #expect(required["tls"]?["version"] == "TLSv1.3")
        #expect(required["tls"]?["cipher"]?.stringValue?.hasPrefix("TLS_") == true)
        #expect(required["tls"]?["verified"] == false)
        #expect(required["tls"]?["certificate_expires"]?.stringValue?.hasSuffix("Z") == true)
        #expect(required["authentication"] == ["mechanism": "scram-sha-256", "channel_binding": true])
        #expect(texts(required).contains("The server's certificate ends in 9 days"))
        #expect(texts(required).contains("sslmode=require encrypts without knowing with whom"))

        let certificate = folder.appending(path: "server.crt").path
        let verified = try await doctor(plain + "?sslmode=verify-full&sslrootcert=\(certificate)")
        #expect(verified["tls"]?["verified"] == true)
        #expect(!texts(verified).contains { $0.hasPrefix("sslmode=") })

        let trace = try await Tool.run(
            "trace", "SELECT 1", "--format", "json", "--url", plain + "?sslmode=require")
        let messages = try trace.json()["messages"]?.arrayValue?.compactMap { $0["message"]?.stringValue }
        #expect(messages?.prefix(3) == ["SSLRequest", "EncryptionAnswer", "StartupMessage"])
        #expect(messages?.contains("SASLInitialResponse") == true)
        #expect(messages?.last == "Terminate")

        func role(_ name: String) async throws -> JSONValue {
            try await doctor("postgres://\(name):pw@127.0.0.1:\(server.port)/postgres")
        }
        let trusted = try await role("trusty")
        #expect(trusted["authentication"]?["mechanism"] == "trust")
        #expect(texts(trusted).contains { $0.hasPrefix("The server lets this role in without a password") })
        let hashed = try await role("md5user")
        #expect(hashed["authentication"]?["mechanism"] == "md5")
        #expect(texts(hashed).contains("The password travels as MD5, which PostgreSQL is giving up"))
        let clear = try await role("plain")
        #expect(clear["authentication"]?["mechanism"] == "password")
        #expect(texts(clear).contains { $0.hasPrefix("The server asks for the password itself") })
        await server.stop()
    }

    private func texts(_ document: JSONValue) -> [String] {
        document["findings"]?.arrayValue?.compactMap { $0["text"]?.stringValue } ?? []
    }

    private func doctor(_ url: String) async throws -> JSONValue {
        let result = try await Tool(["doctor", "--format", "json", "--url", url]).finish()
        // Its database is not migrated.
        #expect(result.code == 1, "\(result.errors) \(result.output)")
        return try result.json()
    }

    private static func makeCertificate(in folder: URL) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "10", "-subj",
            "/CN=localhost",
            "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", "server.key", "-out",
            "server.crt",
        ]
        process.currentDirectoryURL = folder
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }

    /// Gives the server the certificate, rules and roles, and waits until it has taken them.
    private static func prepare(_ root: PostgresConfiguration, _ folder: URL) async throws {
        let connection = try await PostgresConnection.connect(root)
        defer { connection.close() }
        for name in ["server.crt", "server.key"] {
            let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
            try await write(name, text, connection)
        }
        try await write("pg_hba.conf", rules + "\n", connection)
        _ = try await connection.script(
            """
            CREATE ROLE trusty LOGIN;
            CREATE ROLE plain LOGIN PASSWORD 'pw';
            SET password_encryption = 'md5';
            CREATE ROLE md5user LOGIN PASSWORD 'pw';
            """)
        for setting in ["ssl_cert_file = 'server.crt'", "ssl_key_file = 'server.key'", "ssl = on"] {
            _ = try await connection.script("ALTER SYSTEM SET \(setting)")
        }
        try await connection.execute("SELECT pg_reload_conf()")
        var encrypted = root
        encrypted.tls.mode = .require
        for _ in 0..<200 {
            if let session = try? await PostgresConnection.connect(encrypted) { return session.close() }
            try await Task.sleep(for: .milliseconds(50))
        }
        Issue.record("the server did not turn encryption on")
    }

    /// Writes a file of the server's data folder as the server does.
    private static func write(_ name: String, _ text: String, _ connection: PostgresConnection) async throws {
        _ = try await connection.script(
            """
            COPY (SELECT unnest(string_to_array('\(text)', chr(10))))
            TO PROGRAM 'umask 077; cat > \(name).new && mv \(name).new \(name)'
            """)
    }
}

/// In CI a missing program is a failure, not a skip.
private let hasOpenSSL: Bool = {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return ProcessInfo.processInfo.environment["CI"] != nil
        || folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/openssl") }
}()
