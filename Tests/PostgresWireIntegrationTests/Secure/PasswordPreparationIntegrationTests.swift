import PostgresWire
import Testing

/// Passwords that are not ASCII, as a real server prepares them.
@Suite struct PasswordPreparationIntegrationTests {
    /// What the role was given, and another spelling of it, if there is one.
    static let passwords: [(stored: String, typed: String?)] = [
        ("pässwörd", "pa\u{308}sswo\u{308}rd"), ("I\u{ad}X", "IX"), ("\u{2168}", "IX"), ("a\u{a0}b", "a b"),
        ("a\u{200b}b", "a b"), ("\u{fb01}x", "fix"), ("\u{ac01}", "\u{1100}\u{1161}\u{11a8}"),
        ("q\u{307}\u{323}", "q\u{323}\u{307}"), ("\u{958}", "\u{915}\u{93c}"), ("\u{1d400}é", "Aé"),
        ("\u{627}1", nil), ("\u{627}1\u{628}", nil), ("\u{5d0}a", nil), ("\u{7}é", nil), ("\u{221}", nil),
        ("\u{1f600}", nil), ("\u{e000}x", nil), ("日本語", nil), ("e\u{301}\u{fdfa}", nil), ("\u{ad}", nil),
        ("%40'\"\\é", nil), ("\u{202e}é", nil), ("ﾊﾟ", "パ"),
    ]

    @Test(arguments: SecureServer.Build.allCases)
    func `a password lets us in however its characters are typed`(build: SecureServer.Build) async throws {
        let server = try await SecureServer.shared(build)
        let root = try await PostgresConnection.connect(server.root)
        defer { root.close() }
        try await root.execute("CREATE ROLE typist LOGIN")
        for (stored, typed) in Self.passwords {
            let literal = stored.replacing("'", with: "''").replacing("\\", with: "\\\\")
            _ = try await root.script("ALTER ROLE typist PASSWORD E'\(literal)'")
            for password in [stored, typed ?? stored] {
                var configuration = try server.configuration("user=typist sslmode=disable")
                configuration.password = password
                do {
                    try await PostgresConnection.connect(configuration).close()
                } catch {
                    Issue.record("\(password.unicodeScalars.map { String($0.value, radix: 16) }): \(error)")
                }
            }
        }
        try await root.execute("DROP ROLE typist")
    }
}
