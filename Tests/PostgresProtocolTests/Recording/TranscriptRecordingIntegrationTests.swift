import Foundation
import PostgresProtocol
import TestSupport
import Testing

/// Plays every scenario to the server of the tests and compares what it says with the recorded transcript.
///
/// With `ORCHESTRATOR_RECORD_TRANSCRIPTS` set, `Fixtures/wire` is written anew. Versions and cancel keys in it are those
/// of a server that is thrown away afterwards.
@Suite(.serialized) struct TranscriptRecordingIntegrationTests {
    private static let isRecording =
        ProcessInfo.processInfo.environment["ORCHESTRATOR_RECORD_TRANSCRIPTS"] != nil

    private static let folder = RepositoryRoot.url.appending(path: "Fixtures/wire")

    @Test(arguments: Scenario.all.indices)
    func `a server says in every scenario what was recorded`(index: Int) async throws {
        let scenario = Scenario.all[index]
        try await record(scenario.name, scenario.remark) { port in
            let client = try RawClient(port: port, user: "wire_app", password: "pencil", database: "postgres")
            try scenario.run(client)
            if scenario.name != "terminated" { try client.terminate() }
        }
    }

    @Test func `a server says at every login what was recorded`() async throws {
        try await record("scram-login", "a login by SCRAM-SHA-256") { port in
            try RawClient(port: port, user: "wire_app", password: "pencil", database: "postgres").terminate()
        }
        try await record("login-refused", "a login with a wrong password") { port in
            #expect(throws: StartupFault.self) {
                try RawClient(port: port, user: "wire_app", password: "wrong", database: "postgres")
            }
        }
        try await record("database-missing", "a login to a database that does not exist") { port in
            #expect(throws: StartupFault.self) {
                try RawClient(port: port, user: "wire_app", password: "pencil", database: "there_is_none")
            }
        }
    }

    private func record(_ name: String, _ remark: String, _ run: (Int) throws -> Void) async throws {
        let url = try await TestServer.url()
        try await TestServer.makeRole("wire_app", password: "pencil")
        let port = try #require(URL(string: url)?.port)
        let tap = try WireTap(serverPort: port)
        defer { tap.close() }
        try run(tap.port)
        var transcript = try #require(tap.finish().first)
        transcript.remarks = [remark, "recorded from PostgreSQL 18.6"]
        if Self.isRecording {
            try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
            try Data(transcript.text.utf8).write(to: Self.folder.appending(path: name + ".transcript"))
        }
        let recorded = try Transcript.fixture(name)
        // How many parameters a server reports depends on its version.
        #expect(Self.shape(transcript) == Self.shape(recorded))
        #expect(transcript.names(of: .client) == recorded.names(of: .client))
    }

    private static func shape(_ transcript: Transcript) -> [String] {
        transcript.names(of: .server).filter { $0 != "ParameterStatus" }
    }
}
