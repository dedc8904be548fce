import EmbeddedPostgres
import Foundation
import PostgresWire
import Testing

/// A server with TLS and with roles for every way of logging in, which ends with the process.
///
/// Its certificate is `server` until `use(certificate:)` gives it another one.
struct SecureServer: Sendable {
    /// Which server programs are used.
    enum Build: String, CaseIterable, Sendable, CustomTestStringConvertible {
        /// PostgreSQL 17 of the pinned package.
        case packaged
        /// The newest of the system.
        case system

        var testDescription: String { rawValue }
    }

    let port: Int
    let certificates: Certificates
    let root: PostgresConfiguration
    let major: Int
    let programFolder: String

    /// The server of a build, started on first use.
    ///
    /// Without one the test is cancelled with the reason, but fails if `CI` is set; the system's own may be missing
    /// there, too.
    static func shared(_ build: Build) async throws -> SecureServer {
        try await orCancelled(build) {
            switch build {
            case .packaged: try await packaged.value
            case .system: try await system.value
            }
        }
    }

    /// A server that the test has for itself.
    static func own(_ build: Build) async throws -> SecureServer {
        try await orCancelled(build) { try await start(build) }
    }

    private static func orCancelled(
        _ build: Build, _ body: () async throws -> SecureServer
    ) async throws -> SecureServer {
        do {
            return try await body()
        } catch let missing as MissingTool {
            guard build == .system || !isContinuousIntegration else { throw missing }
            try Test.cancel("\(missing.reason)")
        } catch let error as EmbeddedPostgresError {
            guard !isContinuousIntegration else { throw error }
            switch error {
            case .noServerAvailable, .accountMissing, .installationUnusable:
                try Test.cancel("no server with TLS: \(error.summary)")
            default: throw error
            }
        }
    }

    private static let isContinuousIntegration = ProcessInfo.processInfo.environment["CI"] != nil

    /// Something that the machine lacks.
    struct MissingTool: Error {
        let reason: String
    }

    private static let packaged = Task { try await start(.packaged) }
    private static let system = Task { try await start(.system) }

    /// The configuration for options as libpq's users write them; `$C` is the folder of the certificates.
    func configuration(_ options: String) throws -> PostgresConfiguration {
        let folder = certificates.folder
        let text = options.replacing("$C", with: folder)
        var configuration = try PostgresConfiguration(
            url: "postgresql://x@127.0.0.1:\(port)/postgres?" + text.replacing(" ", with: "&"))
        configuration.connectTimeout = .seconds(20)
        return configuration
    }

    /// What the session says of its encryption: as `ok TLSv1.3`, `ok nossl`; or the reason of the refusal.
    func verdict(_ options: String) async throws -> String {
        let connection: PostgresConnection
        do {
            connection = try await PostgresConnection.connect(try configuration(options))
        } catch let error as PostgresError {
            return error.description
        }
        defer { connection.close() }
        let version = try await connection.one(
            "SELECT coalesce((SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl), 'nossl')",
            as: String.self)
        let bound = connection.isChannelBound ? " bound" : ""
        return "ok \(version)\(bound)"
    }

    /// Makes the server answer with another certificate from now on.
    func use(certificate name: String) async throws {
        let connection = try await PostgresConnection.connect(root)
        defer { connection.close() }
        try await write("server.crt", certificates.text("\(name).crt"), connection)
        try await write("server.key", certificates.text("\(name).key"), connection)
        try await connection.execute("SELECT pg_reload_conf()")
        try await awaitCertificate(name)
    }

    /// The running server loads files a moment after it was asked to.
    private func awaitCertificate(_ name: String) async throws {
        let script = """
            openssl s_client -connect 127.0.0.1:$1 -starttls postgres </dev/null 2>/dev/null \\
              | openssl x509 -noout -fingerprint 2>/dev/null
            """
        let wanted = try await TestShell.run(
            "openssl x509 -noout -fingerprint -in \"$1\"", [certificates.certificate(name)])
        for _ in 0..<200 {
            if try await TestShell.run(script, [String(port)]).output == wanted.output { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw TestShell.Failure(text: "the server did not take the certificate \(name)")
    }

    /// Starts the server with the certificate `server`.
    private static func start(_ build: Build) async throws -> SecureServer {
        guard try await TestShell.run("command -v openssl >/dev/null").code == 0 else {
            throw MissingTool(reason: "there is no program openssl, which makes the certificates")
        }
        let certificates = try await Certificates.make()
        let source: EmbeddedPostgresSource =
            build == .packaged ? .wheel : .localInstallation(path: try newestSystemFolder())
        var options = EmbeddedPostgresOptions(ephemeral: true, durability: .none, source: source)
        options.needsVector = false
        let server = try await EmbeddedPostgres.start(options)
        let secure = SecureServer(
            port: server.port, certificates: certificates,
            root: try PostgresConfiguration(url: server.url),
            major: Int(server.version.prefix { $0.isNumber }) ?? 0, programFolder: server.programFolder)
        try await secure.prepare()
        return secure
    }

    private static func newestSystemFolder() throws -> String {
        let parent = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
        guard let newest = versions.compactMap({ Int($0) }).max() else {
            throw MissingTool(reason: "there is no PostgreSQL in \(parent)")
        }
        return "\(parent)/\(newest)"
    }

    private func prepare() async throws {
        let connection = try await PostgresConnection.connect(root)
        defer { connection.close() }
        for name in ["server.crt", "server.key", "ca.crt"] {
            try await write(name, try certificates.text(name), connection)
        }
        try await write("pg_hba.conf", Self.rules, connection)
        try await write("pg_ident.conf", "m  app  certuser\n", connection)
        _ = try await connection.script(Self.roles)
        for setting in [
            "ssl_cert_file = 'server.crt'", "ssl_key_file = 'server.key'", "ssl_ca_file = 'ca.crt'",
        ] {
            _ = try await connection.script("ALTER SYSTEM SET \(setting)")
        }
        _ = try await connection.script("ALTER SYSTEM SET ssl = on")
        try await connection.execute("SELECT pg_reload_conf()")
        try await awaitCertificate("server")
    }

    /// Writes a file of the server's data folder as the server does: its account alone can read it.
    private func write(_ name: String, _ content: String, _ connection: PostgresConnection) async throws {
        let quoted = content.replacing("'", with: "''")
        _ = try await connection.script(
            """
            COPY (SELECT unnest(string_to_array('\(quoted)', chr(10))))
            TO PROGRAM 'umask 077; cat > \(name).new && mv \(name).new \(name)'
            """)
    }

    private static let rules = """
        local   all all                     scram-sha-256
        hostssl all certuser  127.0.0.1/32  cert map=m
        hostssl all app       127.0.0.1/32  cert
        hostssl all scert     127.0.0.1/32  scram-sha-256 clientcert=verify-full
        hostssl all tlsonly   127.0.0.1/32  scram-sha-256
        hostnossl all tlsonly 127.0.0.1/32  reject
        host    all md5user   127.0.0.1/32  md5
        host    all plain     127.0.0.1/32  password
        host    all trusty    127.0.0.1/32  trust
        host    all nobody    127.0.0.1/32  reject
        host    all all       127.0.0.1/32  scram-sha-256

        """

    private static let roles = """
        CREATE ROLE scram LOGIN PASSWORD 'pw-scram';
        CREATE ROLE tlsonly LOGIN PASSWORD 'pw';
        CREATE ROLE scert LOGIN PASSWORD 'pw';
        CREATE ROLE plain LOGIN PASSWORD 'pw-plain';
        CREATE ROLE trusty LOGIN;
        CREATE ROLE nobody LOGIN PASSWORD 'x';
        CREATE ROLE app LOGIN;
        CREATE ROLE certuser LOGIN;
        SET password_encryption = 'md5';
        CREATE ROLE md5user LOGIN PASSWORD 'pw-md5';
        """
}
