import EmbeddedPostgres
import Testing

@Suite struct OptionTests {
    @Test(arguments: ["", "../other", "a b", "a/b", "name.with.dots", String(repeating: "n", count: 41)])
    func `a name that is no file name is refused`(name: String) async {
        let error = await #expect(throws: EmbeddedPostgresError.self) {
            try await EmbeddedPostgres.start(EmbeddedPostgresOptions(name: name))
        }
        #expect(
            error == .invalidOption("the name of an embedded server is 1 to 40 letters, digits, '_' or '-'"))
    }

    @Test(arguments: [
        ["port": "1"], ["LISTEN_ADDRESSES": "*"], ["": "x"], ["1a": "x"], ["a b": "x"],
        ["a": "x\ninclude 'y'"],
    ])
    func `a setting that would break the set-up is refused`(settings: [String: String]) async {
        let error = await #expect(throws: EmbeddedPostgresError.self) {
            try await EmbeddedPostgres.start(EmbeddedPostgresOptions(settings: settings))
        }
        guard case .invalidOption = error else {
            Issue.record("expected invalidOption, got \(String(describing: error))")
            return
        }
    }

    @Test func `a named server cannot give up its durability`() async {
        await #expect(
            throws: EmbeddedPostgresError.invalidOption(
                "durability .none is for ephemeral servers only: a named server keeps its data")
        ) {
            try await EmbeddedPostgres.start(EmbeddedPostgresOptions(durability: .none))
        }
    }

    @Test(arguments: [0, -1, 65_536]) func `a port outside the range is refused`(port: Int) async {
        await #expect(
            throws: EmbeddedPostgresError.invalidOption("the port \(port) is not between 1 and 65535")
        ) {
            try await EmbeddedPostgres.start(EmbeddedPostgresOptions(port: port))
        }
    }

    @Test func `an installation that is not there is named`() async throws {
        let scratch = try ScratchFolder()
        let options = EmbeddedPostgresOptions(
            ephemeral: true, dataFolder: scratch.path, source: .localInstallation(path: "/nonexistent"))
        await #expect(
            throws: EmbeddedPostgresError.installationUnusable(
                path: "/nonexistent", reason: "there is no program named postgres")
        ) {
            try await EmbeddedPostgres.start(options)
        }
    }

    @Test func `no server at all names the container and the variable`() {
        let error = EmbeddedPostgresError.noServerAvailable(reasons: ["first reason", "second reason"])
        #expect(
            error.description == """
                No PostgreSQL with pgvector was found (first reason; second reason). Run `docker compose up -d` and \
                set DATABASE_URL=postgres://postgres:postgres@localhost:5433/mcai, or name any other server with \
                pgvector there.
                """)
    }
}
