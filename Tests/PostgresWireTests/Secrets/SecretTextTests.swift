import PostgresProtocol
import PostgresWire
import Testing

/// No text that can be made of a value shows a secret in it.
@Suite struct SecretTextTests {
    private static let canary = "canary-7c1e"

    /// Every text that Swift makes of a value, three levels of mirrors down included.
    private func texts(_ value: Any) -> String {
        var dumped = ""
        dump(value, to: &dumped)
        return [dumped, String(describing: value), String(reflecting: value), reflected(value, depth: 3)]
            .joined(separator: "\n")
    }

    private func reflected(_ value: Any, depth: Int) -> String {
        guard depth > 0 else { return "" }
        return Mirror(reflecting: value).children
            .map { "\($0.label ?? ""): \($0.value)\n\(reflected($0.value, depth: depth - 1))" }.joined()
    }

    private func full() throws -> PostgresConfiguration {
        var configuration = try PostgresConfiguration(
            connectionString: "host=db.test user=jo password=\(Self.canary) sslpassword=\(Self.canary)")
        configuration.passwordProvider = { Self.canary }
        return configuration
    }

    @Test func `a configuration shows no secret and cannot be encoded`() throws {
        let configuration = try full()
        #expect(configuration.password == Self.canary)
        let values: [Any] = [configuration, configuration.tls, PostgresClientConfiguration(configuration)]
        for value in values {
            #expect(!texts(value).contains(Self.canary))
            #expect((value as? any Encodable) == nil)
        }
        #expect(texts(configuration).contains("db.test"))
    }

    @Test func `a connection string shows its keywords alone`() throws {
        let string = try ConnectionString("postgres://jo:\(Self.canary)@db.test/shop")
        #expect(string.values["password"] == Self.canary)
        #expect(!texts(string).contains(Self.canary))
        #expect(texts(string).contains("password"))
    }

    @Test func `a pool shows no secret`() throws {
        let client = PostgresClient(PostgresClientConfiguration(try full()))
        #expect(!texts(client).contains(Self.canary))
        #expect(!texts(client.configuration).contains(Self.canary))
    }

    @Test func `a login shows no secret at any step`() throws {
        let identity = StartupMachine.Identity(
            user: "jo", password: Self.canary, parameters: [], policy: StartupPolicy(), nonce: Self.canary,
            cryptography: OpenSSLCryptography.scram, md5Hexadecimal: OpenSSLCryptography.md5Hexadecimal)
        #expect(!texts(identity).contains(Self.canary))
        var exchange = SCRAMExchange(
            password: Self.canary, nonce: Self.canary, cryptography: OpenSSLCryptography.scram,
            allowedIterations: 1...10)
        #expect(!texts(exchange).contains(Self.canary))
        let first = exchange.clientFirst()
        #expect(String(decoding: first, as: UTF8.self) == "n,,n=,r=\(Self.canary)")
        _ = try exchange.received(serverFirst: Array("r=\(Self.canary)x,s=c2FsdA==,i=2".utf8))
        #expect(!texts(exchange).contains(Self.canary))
        // The first byte of the password, as a dump would show it.
        #expect(!texts(exchange).contains("99"))
        #expect(!texts(StartupMachine(identity)).contains(Self.canary))
    }

    @Test func `the key for cancelling is not shown`() throws {
        let bytes: [UInt8] = [0, 0, 0x12, 0x67, 123, 45, 67, 89]
        let key = try BackendKey(bytes.span.bytes)
        #expect(key.secret == [123, 45, 67, 89])
        #expect(!texts(key).contains("123") && !texts(key).contains("89"))
        #expect(texts(key).contains("4711"))
    }

    /// Passwords that break naive redaction, quoting and percent-encoding.
    static let shapes = [
        "canary7", "can%41ry7", "canary7@host", "canary7:x", "canary7/x", "canary7?x=y", "canary7#x",
        "canary7&x",
        "canary7'x", "canary7''", "'canary7", "canary7\\", "\\canary7", "canary7\\'", "canary7 x", " canary7",
        "canary7=x", "=canary7", "canary7\tx", "canary7\nx", "canary7\"", "canary7`", "canary7$x",
        "canary7;x",
        "canary7,x", "[canary7]", "canary7\u{e9}", "canary7\u{1f600}", "canary7\u{301}", "canary7%",
        "canary7%zz",
        "%canary7", "canary7\u{202e}x", "canary7<x>", "canary7|x", "canary7*", "canary7~", "canary7!",
        "canary7{}", "postgres://canary7",
    ]

    @Test(arguments: shapes)
    func `a password of any shape is read, kept and never shown`(password: String) throws {
        let encoded = password.utf8.map { byte in
            let hex = String(byte, radix: 16)
            return "%" + (hex.utf8.count == 1 ? "0" + hex : hex)
        }.joined()
        let byURI = try PostgresConfiguration(url: "postgres://jo:\(encoded)@localhost/d")
        #expect(byURI.password == password)
        let quoted = password.map { "\\'".contains($0) ? "\\\($0)" : String($0) }.joined()
        let byKeywords = try PostgresConfiguration(connectionString: "user=jo password='\(quoted)'")
        #expect(byKeywords.password == password)
        #expect(!texts(byURI).contains(password) && !texts(byURI).contains("canary7"))
        #expect(!texts(byKeywords).contains("canary7"))
        for text in [
            "postgres://jo:\(password)@localhost:x/d", "port=x user=jo password=\(password)",
            "password='\(password)", "user=jo \(password)", "user=jo sslmode='\(password)'",
        ] {
            let error = #expect(throws: PostgresError.self) {
                try PostgresConfiguration(connectionString: text)
            }
            #expect(error.map { texts($0).contains("canary7") } == false)
        }
    }
}
