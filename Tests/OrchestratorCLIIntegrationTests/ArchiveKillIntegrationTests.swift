import Foundation
import JSONModel
import TestSupport
import Testing

/// `kill -9` of an export or a restoration in every phase: real processes, real files.
@Suite(.needsCommandLine, .serialized) struct ArchiveKillIntegrationTests {
    /// A point, and its hit that the process does not survive.
    private static let points = [
        "archived:1", "archived:2", "locked:1", "locked:2", "written:1", "written:2", "published:1",
        "published:2", "enlisted:1", "enlisted:2", "deleted:1", "deleted:2", "moved:1", "moved:2",
    ]
    private static let export = ["export", "--hot", "0s", "--warm", "0s", "--batch", "2"]

    @Test(arguments: points)
    func `an export that is killed loses nothing, doubles nothing, and the next one completes`(
        _ point: String
    ) async throws {
        try await ArchiveWorld.with(runs: 5) { world async throws in
            let before = try await world.fingerprint()
            let killed = try await world.run(Self.export + ["--kill", point])
            #expect(killed.code == SIGKILL)
            try await world.settle()
            try await expectNothingLost(world, 5)

            let again = try await world.run(Self.export)
            #expect(again.code == 0)
            #expect(try await world.rows() == [0, 0, 0])
            #expect(try await world.run(["verify"]).code == 0)
            try await expectNothingLost(world, 5)
            var restored = 0
            for name in try await world.names() {
                restored += try await world.run(["restore", name]).json()["restored"]?.intValue ?? 0
            }
            #expect(restored == 5)
            #expect(try await world.fingerprint() == before)
        }
    }

    @Test func `a restoration that is killed leaves the tables as they were`() async throws {
        try await ArchiveWorld.with(runs: 3) { world async throws in
            let before = try await world.fingerprint()
            #expect(try await world.run(Self.export + ["--batch", "9"]).code == 0)
            let name = try #require(await world.names().first)
            let killed = try await world.run(["restore", name, "--kill", "restored"])
            #expect(killed.code == SIGKILL)
            try await world.settle()
            #expect(try await world.rows() == [0, 0, 0])
            #expect(try await world.run(["restore", name]).json()["restored"] == 3)
            #expect(try await world.fingerprint() == before)
        }
    }

    /// Every run is in the tables with all its rows, or in an archive that verifies.
    private func expectNothingLost(_ world: ArchiveWorld, _ count: Int) async throws {
        let rows = try await world.rows()
        #expect(rows[1] == rows[0] * 2)
        #expect(rows[2] == rows[0])
        guard FileManager.default.fileExists(atPath: world.folder.path) else {
            #expect(rows[0] == count)
            return
        }
        let verified = try await world.run(["verify"])
        #expect(verified.code == 0)
        let list = try await world.run(["list"]).json()
        let archived = (list["archives"]?.arrayValue ?? []).reduce(0) { $0 + ($1["runs"]?.intValue ?? 0) }
        #expect(rows[0] + archived >= count)
    }
}
