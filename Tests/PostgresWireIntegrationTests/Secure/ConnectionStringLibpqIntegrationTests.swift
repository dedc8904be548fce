import Foundation
import PostgresWire
import Testing

/// Our reader of connection strings against libpq's own, on texts made by chance.
@Suite struct ConnectionStringLibpqIntegrationTests {
    private static let pieces = [
        "postgresql://", "postgres://", "host", "hostaddr", "port", "user", "password", "dbname", "sslmode",
        "ssl",
        "true", "requiressl", "application_name", "service", "colour", "", "=", "=", "=", "'", "'", "\\", " ",
        " ",
        "\t", "\n", "@", "@", ":", ":", "/", "/", "?", "?", "&", "&", ",", "[", "]", "::1", "%41", "%20",
        "%3D", "%00",
        "%", "%zz", "#", "+", "1", "a", "b", "localhost", "ä", "日", "host=a", "user=b ", "?host=", "&port=1",
    ]

    private static func text(_ random: inout Xorshift) -> String {
        var text = ["postgresql://", "postgres://", "", "", " "][random.below(5)]
        for _ in 0..<random.below(14) { text += pieces[random.below(pieces.count)] }
        return text
    }

    /// How many texts are tried: `WIRE_CONNECTION_STRINGS`, or 30,000.
    private static var count: Int {
        ProcessInfo.processInfo.environment["WIRE_CONNECTION_STRINGS"].flatMap { Int($0) } ?? 30_000
    }

    /// Another libpq, of PostgreSQL 18 or later.
    private static var newLibrary: String? { ProcessInfo.processInfo.environment["WIRE_LIBPQ"] }

    /// libpq keeps spaces in URIs before version 18, and refuses or trims them from then on, as we do.
    ///
    /// Bytes that are not UTF-8, which `%bd` can make, are refused by us alone.
    private static func isComparable(_ text: String) -> Bool {
        guard !text.contains(#/%[89a-fA-F][0-9a-fA-F]/#) else { return false }
        return newLibrary != nil || !text.contains(" ")
            || !(text.hasPrefix("postgresql://") || text.hasPrefix("postgres://"))
    }

    @Test func `both accept the same texts and read the same values`() async throws {
        let folder = try await SecureServer.shared(.packaged).programFolder
        let path = Self.newLibrary ?? "\(folder)/../lib/libpq.so.5"
        let libpq = try #require(SystemLibpq(path), "there is no libpq in \(path)")
        var random = Xorshift(state: 0x9e37_79b9_7f4a_7c15)
        var accepted = 0
        var differences = 0
        for _ in 0..<Self.count {
            let text = Self.text(&random)
            guard Self.isComparable(text) else { continue }
            let theirs = libpq.values(of: text)
            let ours = try? ConnectionString(text).values
            if theirs != nil { accepted += 1 }
            guard ours != theirs else { continue }
            differences += 1
            if differences <= 5 { Issue.record("\(text.debugDescription): \(String(describing: theirs))") }
        }
        #expect(differences == 0)
        #expect(accepted > Self.count / 50)
    }

    /// A small generator with a seed, so that a failure comes again.
    private struct Xorshift {
        var state: UInt64

        mutating func below(_ limit: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(limit))
        }
    }
}
