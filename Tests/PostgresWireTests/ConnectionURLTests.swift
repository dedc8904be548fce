import PostgresWire
import Testing

@Suite struct ConnectionURLTests {
    @Test func `every part of a URI is read`() throws {
        let parsed = try PostgresConfiguration(
            url: "postgres://jo:p%40ss@db.test:6543/shop?application_name=till&connect_timeout=3")
        #expect(parsed.user == "jo")
        #expect(parsed.password == "p@ss")
        #expect(parsed.host == "db.test")
        #expect(parsed.port == 6_543)
        #expect(parsed.database == "shop")
        #expect(parsed.applicationName == "till")
        #expect(parsed.connectTimeout == .seconds(3))
    }

    @Test func `a Unix socket is named by host`() throws {
        let parsed = try PostgresConfiguration(url: "postgresql://jo@/shop?host=/run/postgresql&port=5433")
        #expect(parsed.host == "/run/postgresql")
        #expect(parsed.port == 5_433)
        #expect(parsed.isUnixSocket)
    }

    @Test func `an IPv6 address stands in brackets`() throws {
        let parsed = try PostgresConfiguration(url: "postgres://jo@[::1]:5433/shop")
        #expect(parsed.host == "::1")
        #expect(parsed.port == 5_433)
    }

    @Test(arguments: [
        "http://jo@localhost/shop", "postgres://jo@localhost:99999/shop", "postgres://jo@localhost:x/shop",
        "postgres://jo:%zz@localhost/shop", "postgres://jo:%00@localhost/shop", "postgres://localhost/shop",
        "postgres://jo@localhost/shop?colour=red", "postgres://jo@[::1/shop", "postgres://jo@localhost/%ff",
    ])
    func `a URI that makes no sense is refused`(url: String) {
        #expect(throws: PostgresError.self) { try PostgresConfiguration(url: url) }
    }

    @Test func `no text shows the password`() throws {
        let parsed = try PostgresConfiguration(url: "postgres://jo:canary7@localhost/shop")
        var dumped = ""
        dump(parsed, to: &dumped)
        #expect(!"\(parsed)".contains("canary7"))
        #expect(!dumped.contains("canary7"))
        let error = #expect(throws: PostgresError.self) {
            try PostgresConfiguration(url: "postgres://jo:canary7@localhost:x/shop")
        }
        #expect(error.map { "\($0)" }?.contains("canary7") == false)
    }
}
