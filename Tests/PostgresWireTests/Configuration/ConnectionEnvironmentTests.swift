import Foundation
import PostgresWire
import Testing

/// What the environment and the user's files add to a connection string.
@Suite struct ConnectionEnvironmentTests {
    private func withHome(
        _ files: [String: String], mode: Int = 0o600, _ body: (String) throws -> Void
    ) throws {
        let home = FileManager.default.temporaryDirectory.appending(path: "home-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: home) }
        try FileManager.default.createDirectory(
            at: home.appending(path: ".postgresql"), withIntermediateDirectories: true)
        for (name, content) in files {
            let file = home.appending(path: name)
            try Data(content.utf8).write(to: file)
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
        }
        try body(home.path)
    }

    @Test func `variables fill in what the string leaves open`() throws {
        let environment = [
            "PGHOST": "db.test", "PGPORT": "6000", "PGUSER": "jo", "PGPASSWORD": "secret",
            "PGDATABASE": "shop",
            "PGAPPNAME": "till", "PGCONNECT_TIMEOUT": "3", "PGSSLMODE": "require", "PGTZ": "UTC",
            "PGTARGETSESSIONATTRS": "primary", "PGOPTIONS": "-c geqo=off",
        ]
        let parsed = try PostgresConfiguration(environment: environment)
        #expect(parsed.description == "jo@db.test:6000/shop")
        #expect(parsed.password == "secret")
        #expect(parsed.applicationName == "till")
        #expect(parsed.connectTimeout == .seconds(3))
        #expect(parsed.tlsMode == .require)
        #expect(parsed.targetSession == .primary)
        #expect(parsed.runtimeParameters == ["timezone": "UTC", "options": "-c geqo=off"])
        let own = try PostgresConfiguration(environment: environment, connectionString: "host=other user=me")
        #expect(own.description == "me@other:6000/shop")
    }

    @Test func `without anything it is the account's own name on localhost`() throws {
        let parsed = try PostgresConfiguration(environment: [:])
        #expect(parsed.host == "localhost")
        #expect(!parsed.user.isEmpty)
        #expect(parsed.passwordFile == nil)
    }

    @Test func `a service comes before the variables and after the string`() throws {
        let text = """
            # comment
            [other]
            host=wrong
            [shop]
            host=service.test
            port=7
              user=jo
            user=second
            [later]
            host=wrong
            """
        try withHome([".pg_service.conf": text]) { home in
            let parsed = try PostgresConfiguration(
                environment: ["HOME": home, "PGSERVICE": "shop", "PGHOST": "env.test", "PGDATABASE": "d"],
                connectionString: "port=8")
            #expect(parsed.description == "jo@service.test:8/d")
            #expect(throws: PostgresError.self) {
                try PostgresConfiguration(environment: ["HOME": home], connectionString: "service=none")
            }
        }
        for bad in ["[s]\nhost", "[s]\nservice=x", "[s]\ncolour=red"] {
            try withHome([".pg_service.conf": bad]) { home in
                #expect(throws: PostgresError.self) {
                    try PostgresConfiguration(environment: ["HOME": home], connectionString: "service=s")
                }
            }
        }
    }

    @Test func `files in the home are found`() throws {
        try withHome([".postgresql/root.crt": "", ".postgresql/postgresql.crt": ""]) { home in
            let parsed = try PostgresConfiguration(environment: ["HOME": home])
            #expect(parsed.passwordFile == "\(home)/.pgpass")
            #expect(parsed.tls.rootCertificates == "\(home)/.postgresql/root.crt")
            #expect(parsed.tls.certificate == "\(home)/.postgresql/postgresql.crt")
            #expect(parsed.tls.revocationList == nil)
        }
    }

    @Test(arguments: [
        ("db.test:5432:shop:jo:right", "right"), ("*:*:*:*:right", "right"),
        ("db.test:*:shop:*:a\\:b\\\\c", "a:b\\c"),
        ("# x\nother:*:*:*:no\ndb.test:*:*:*:first\n*:*:*:*:second", "first"),
        ("db.test:5432:shop:jo:a:b", "a:b"),
        ("db.test:5432:shop:jo:", ""), ("db.test:5432:shop:jo:right\r", "right"),
    ])
    func `the first line of the password file that fits counts`(text: String, password: String) throws {
        try withHome(["f": text]) { home in
            let found = try looked(up: home + "/f").password
            #expect(found == password)
        }
    }

    @Test(arguments: [
        "other:*:*:*:no", "db.test:1:*:*:no", "db.test:5432:x:*:no", "db.test:5432:shop:x:no", "db.test", "",
        "db\\*:*:*:*:no", "*x:*:*:*:no",
    ])
    func `a line that does not fit is passed over`(text: String) throws {
        try withHome(["f": text]) { home in
            let found = try looked(up: home + "/f").password
            #expect(found == nil)
        }
    }

    @Test(arguments: [0o640, 0o604, 0o666, 0o620])
    func `a password file that others can use is not used`(mode: Int) throws {
        try withHome(["f": "*:*:*:*:secret"], mode: mode) { home in
            let parsed = try looked(up: home + "/f")
            #expect(parsed.password == nil)
            #expect(parsed.passwordFileFault == "others may use it; its mode must be 0600 or less")
        }
    }

    @Test func `a folder is not a password file, and a missing one is no fault`() throws {
        try withHome([:]) { home in
            let folder = try looked(up: home + "/.postgresql").passwordFileFault
            let missing = try looked(up: home + "/none").passwordFileFault
            #expect(folder == "it is not a regular file")
            #expect(missing == nil)
        }
    }

    private func looked(up file: String) throws -> PostgresConfiguration {
        try PostgresConfiguration(
            connectionString: "host=db.test user=jo dbname=shop passfile='\(file)'"
        ).withStoredPassword()
    }
}
