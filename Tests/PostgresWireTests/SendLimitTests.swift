import PostgresCodecs
import Testing

@testable import PostgresWire

/// What PostgreSQL cannot take is refused before the first byte is sent.
@Suite struct SendLimitTests {
    /// A value of so many bytes, none of which is touched.
    struct Huge: PostgresEncodable {
        static let postgresType = PostgresOID.bytea
        let byteCount: Int
        /// What the writer makes room for at once, so that it copies nothing later.
        var room = 0

        func encode(into writer: inout ByteWriter) throws(EncodingFault) {
            writer.reserve(max(room, byteCount))
            writer.append(uninitialized: byteCount) { _ in }
        }
    }

    /// Each case: what it is, and a call that must be refused.
    private static let calls: [(String, @Sendable (PostgresConnection) async throws -> Void)] = [
        ("65,536 parameters", { try await $0.execute(many(65_536)) }),
        ("a value of 1 GiB", { try await $0.execute("SELECT \(Huge(byteCount: 1 << 30))") }),
        ("a value of 4 GiB", { try await $0.execute("SELECT \(Huge(byteCount: 1 << 32))") }),
        (
            "parameters of more than 1 GiB in all",
            {
                let half = 600 << 20
                try await $0.execute(
                    "SELECT \(Huge(byteCount: half, room: 2 * half)), \(Huge(byteCount: half))")
            }
        ),
        ("U+0000 in a text", { try await $0.execute("SELECT \("a\0b")") }),
        ("U+0000 in an array", { try await $0.execute("SELECT \(["a", "\0"])") }),
        ("U+0000 in a statement", { try await $0.execute("SELECT 1\0") }),
        ("U+0000 in a script", { _ = try await $0.script("SELECT 1;\0") }),
        ("U+0000 in a name", { try await $0.execute("SELECT 1 AS \(identifier: "a\0")") }),
        ("U+0000 in a query of a batch", { _ = try await $0.batch(["SELECT 1", "SELECT \("\0")"]) }),
        ("U+0000 in a stream", { _ = try await $0.query("SELECT \("\0")") }),
        ("U+0000 in a channel", { try await $0.notify("a\0", "") }),
        ("U+0000 in a payload", { try await $0.notify("a", "\0") }),
        ("a channel of 64 bytes", { try await $0.notify(String(repeating: "c", count: 64), "") }),
        ("a payload of 8,000 bytes", { try await $0.notify("c", String(repeating: "p", count: 8_000)) }),
        ("U+0000 in a table of a COPY", { _ = try await $0.copyOut(from: "\(identifier: "t\0")") }),
        (
            "U+0000 in a column of a COPY",
            { _ = try await $0.copyIn(into: "t", columns: ["a\0"]) { _ in } }
        ),
        ("U+0000 in the options of a COPY", { _ = try await $0.copyOut(from: "t", options: "NULL '\0'") }),
    ]

    private static func many(_ count: Int) -> PostgresQuery {
        PostgresQuery("SELECT 1", [any PostgresEncodable](repeating: Int32(1), count: count))
    }

    @Test func `what cannot be sent is refused before the first byte`() async throws {
        let server = try SimpleServer { sql, _ in SimpleServer.success(sql) }
        try await server.withConnection(mode: .named) { connection in
            for (name, call) in Self.calls {
                let error = await errorOf { try await call(connection) }
                #expect(error?.code == .encoding, "\(name)")
                #expect(error?.effect == PostgresError.Effect.none, "\(name)")
            }
            _ = try await connection.script("nothing came before this")
        }
        #expect(server.statements == ["nothing came before this"])
    }

    @Test func `as many parameters as there may be are sent`() throws {
        let session = try #require(Self.many(65_535).parameters)
        #expect(session.count == FrontendLimits.maximumParameters)
    }

    @Test(arguments: 0..<8)
    func `what cannot be sent at the start of a session is refused before the first byte`(
        place: Int
    ) async throws {
        let server = try SimpleServer { sql, _ in SimpleServer.success(sql) }
        defer { server.stop() }
        var configuration = PostgresConfiguration(host: "127.0.0.1", port: server.port, user: "u")
        configuration.tls.mode = .disable
        switch place {
        case 0: configuration.user = "a\0b"
        case 1: configuration.database = "a\0b"
        case 2: configuration.password = "a\0b"
        case 3: configuration.applicationName = "a\0b"
        case 4: configuration.runtimeParameters = ["a\0": "b"]
        case 5: configuration.runtimeParameters = ["a": "\0"]
        case 6: configuration.runtimeParameters = ["": "b"]
        default: configuration.runtimeParameters = ["a": String(repeating: "b", count: 10_000)]
        }
        let complete = configuration
        let error = await errorOf { try await PostgresConnection.connect(complete).close() }
        #expect(error?.code == .encoding)
        #expect(error?.effect == PostgresError.Effect.none)
        #expect(server.statements == [])
    }
}
