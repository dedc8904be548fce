import PostgresWire
import Testing

/// Versions as servers report them.
@Suite struct ServerVersionTests {
    @Test(arguments: [
        ("18.6", 18, 6, 0), ("17.10 (Debian 17.10-1.pgdg12+1)", 17, 10, 0), ("9.6.24", 9, 6, 24),
        ("19beta1", 19, 0, 0), ("16devel", 16, 0, 0), ("14.", 14, 0, 0),
    ])
    func `the numbers are read from the front`(text: String, major: Int, minor: Int, patch: Int) throws {
        let version = try #require(PostgresServerVersion(text))
        #expect(version.major == major)
        #expect(version.minor == minor)
        #expect(version.patch == patch)
        #expect(version.description == text)
    }

    @Test(arguments: ["", "devel", " 16", ".5", "99999999999999999999.1"])
    func `what begins with no number is no version`(text: String) {
        #expect(PostgresServerVersion(text) == nil)
    }

    @Test func `versions are in the order of their numbers`() throws {
        let versions = try ["9.6.24", "10.1", "10.23", "18.6"].map {
            try #require(PostgresServerVersion($0))
        }
        #expect(versions == versions.sorted())
        #expect(PostgresServerVersion("18.6 (a)") == PostgresServerVersion("18.6 (b)"))
    }
}
