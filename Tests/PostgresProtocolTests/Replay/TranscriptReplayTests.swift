import PostgresProtocol
import TestSupport
import Testing

/// The recorded sessions of a real server, replayed to the machines.
@Suite struct TranscriptReplayTests {
    @Test(arguments: ReplayExpectation.all)
    func `a session means the same however its bytes are cut`(expected: ReplayExpectation) throws {
        let transcript = try Transcript.fixture(expected.name)
        #expect(try SessionReplay.trace(of: transcript, .whole) == expected.trace)
        #expect(try SessionReplay.trace(of: transcript, .byteByByte) == expected.trace)
        for seed in 0..<20 as Range<UInt64> {
            #expect(try SessionReplay.trace(of: transcript, .random(seed: seed)) == expected.trace)
        }
    }

    @Test(arguments: ReplayExpectation.all)
    func `a session means the same with a cut at any byte`(expected: ReplayExpectation) throws {
        let transcript = try Transcript.fixture(expected.name)
        let login = transcript.entries.firstIndex { $0.name == "ReadyForQuery" } ?? -1
        let session = Transcript(entries: Array(transcript.entries[(login + 1)...]))
        let count = session.bytes(of: .server).count
        #expect(count > 20)
        for cut in 1..<count {
            let trace = try SessionReplay.trace(of: transcript, .at(cut))
            if trace != expected.trace { Issue.record("cut at \(cut): \(trace)") }
        }
    }

    @Test func `every transcript has its expectation`() throws {
        let names = try Fixture.names(in: "wire", suffix: ".transcript").map { String($0.dropLast(11)) }
            .sorted()
        let logins = ["database-missing", "login-refused", "scram-login"]
        #expect(names == (ReplayExpectation.all.map(\.name) + logins).sorted())
        #expect(names.count >= 12)
    }

    @Test func `the login is the same byte for byte, however it is cut`() throws {
        let transcript = try Transcript.fixture("scram-login")
        let count = transcript.bytes(of: .server).count
        for cuts in [Cuts.whole, .byteByByte] + (1..<count).map({ Cuts.at($0) }) {
            let machine = try LoginReplay.replay(transcript, cuts)
            #expect(machine.isAuthenticated)
            #expect(machine.authenticationMethod == "scram-sha-256")
            #expect(machine.parameters["server_version"] == "18.6")
            #expect(machine.parameters["client_encoding"] == "UTF8")
            #expect(machine.parameters["is_superuser"] == "off")
            #expect(machine.parameters.count == 15)
            #expect(machine.backendKey?.secret.count == 4)
        }
    }

    @Test func `every recorded login is accepted`() throws {
        for name in ReplayExpectation.all.map(\.name) where name != "psql" {
            #expect(try LoginReplay.replay(Transcript.fixture(name), .whole).isAuthenticated)
        }
    }

    @Test func `a login whose server proof is changed is refused`() throws {
        var transcript = try Transcript.fixture("scram-login")
        let index = try #require(transcript.entries.lastIndex { $0.name == "Authentication" }) - 1
        let proof = transcript.entries[index]
        var bytes = proof.bytes
        #expect(Array(bytes[9..<11]) == Array("v=".utf8))
        bytes[11] = bytes[11] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
        transcript.entries[index] = Transcript.Entry(.server, name: proof.name, bytes: bytes)
        #expect(throws: StartupFault.scram(.wrongServerSignature)) {
            _ = try LoginReplay.replay(transcript, .whole)
        }
    }

    @Test(arguments: [
        ("login-refused", "postgres", "wrong", "28P01"),
        ("database-missing", "there_is_none", "pencil", "3D000"),
    ])
    func `a login that the server refused`(
        name: String, database: String, password: String, sqlState: String
    ) throws {
        let transcript = try Transcript.fixture(name)
        let count = transcript.bytes(of: .server).count
        for cuts in [Cuts.whole, .byteByByte] + (1..<count).map({ Cuts.at($0) }) {
            do {
                _ = try LoginReplay.replay(transcript, database: database, password: password, cuts)
                Issue.record("the login was accepted")
            } catch StartupFault.server(let fields) {
                #expect(fields.sqlState == sqlState)
                #expect(fields.isFatal)
            }
        }
    }

    @Test func `the text of a transcript is read back as it was written`() throws {
        for name in try Fixture.names(in: "wire", suffix: ".transcript") {
            let text = try Fixture.text("wire/" + name)
            #expect(try Transcript(text: text).text == text)
        }
        for (line, text) in [(1, "? A 00"), (2, "# ok\n> A 0"), (1, "> A"), (1, "> A zz"), (1, "> A 00 11")] {
            #expect(throws: Transcript.Fault(line: line)) { try Transcript(text: text) }
        }
    }
}
