import Foundation
import Orchestrator
import PostgresWire
import StoreContracts
import TestSupport
import Testing

@testable import OrchestratorPostgres

@Suite struct RetentionIntegrationTests {
    @Test(arguments: RetentionChecks.all, Backend.Kind.allCases)
    func `retention services keep their promises`(_ check: BehaviourCheck, _ kind: Backend.Kind) async throws
    {
        try await kind.run { try await check.run($0) }
    }

    /// The program ends at a point; nothing of what would follow happens.
    private struct Cut: Error {}

    @Test(arguments: RetentionPhase.allCases.filter { $0 != .restored })
    func `a sweep that is cut anywhere loses nothing, and the next one goes on`(
        _ phase: RetentionPhase
    ) async throws {
        try await TestServer.withDatabase(.migrated(dimensions: 8)) { database async throws in
            let backend = Backend(database)
            let run = try await RetentionChecks.finished(backend)
            let events = try await backend.provider.loadEvents(runID: run.runID)
            try await backend.age(
                run.runID, completed: 40 * RetentionChecks.day, archived: 31 * RetentionChecks.day)
            let archive = ColdArchive(folder: try backend.archiveFolder())
            var cut = PostgresRetentionService(database.client, archive: archive)
            cut.reach = { if $0 == phase { throw Cut() } }
            let broken = cut
            #expect(await code { _ = try await broken.deleteWarmData() } == .other)
            #expect(try await backend.provider.loadEvents(runID: run.runID) == events)

            let service = PostgresRetentionService(database.client, archive: archive)
            #expect(try await service.deleteWarmData() == 1)
            #expect(try await backend.provider.loadWorkflowRun(id: run.runID) == nil)
            let good = try await service.verifyArchives().filter { $0.problem == nil }.map(\.name)
            #expect(good.count == (phase == .enlisted || phase == .deleted ? 2 : 1))
            for name in good { try await service.restoreArchive(name: name) }
            #expect(try await backend.provider.loadEvents(runID: run.runID) == events)
            let left = try await service.verifyArchives().compactMap(\.problem)
            let expected: [RetentionPhase: String] = [
                .written: "its file was not finished; its runs never left the tables",
                .published: "the manifest does not list it; its runs never left the tables",
            ]
            #expect(left == expected[phase].map { [$0] } ?? [])
        }
    }

    @Test func `damage is found before anything is restored`() async throws {
        try await TestServer.withDatabase(.migrated(dimensions: 8)) { database async throws in
            let backend = Backend(database)
            let run = try await RetentionChecks.finished(backend)
            try await backend.age(
                run.runID, completed: 40 * RetentionChecks.day, archived: 31 * RetentionChecks.day)
            let archive = ColdArchive(folder: try backend.archiveFolder())
            let service = PostgresRetentionService(database.client, archive: archive)
            #expect(try await service.deleteWarmData() == 1)
            let name = try #require(await service.listArchives().first?.name)
            let file = URL(filePath: archive.path(name))
            let whole = try Data(contentsOf: file)
            var damages = [whole.dropLast(1), whole + [0], Data(), whole.dropLast(20)]
            for place in stride(from: 0, to: whole.count, by: 97) {
                var flipped = whole
                flipped[place] ^= 0x10
                damages.append(flipped)
            }
            for damage in damages {
                try damage.write(to: file)
                #expect(try await service.verifyArchives().allSatisfy { $0.problem != nil })
                #expect(
                    await code { _ = try await service.restoreArchive(name: name) }
                        == .corruptRecord(table: "archives", id: name))
            }
            #expect(try await backend.provider.listWorkflowRuns().isEmpty)
            try FileManager.default.removeItem(at: file)
            #expect(try await service.verifyArchives().map(\.problem) == ["its file is gone"])
            try whole.write(to: file)
            #expect(try await service.restoreArchive(name: name).restored == 1)
            #expect(try await backend.provider.listWorkflowRuns().count == 1)
        }
    }

    @Test func `a manifest whose last line was cut still lists the others, and takes new lines`() async throws
    {
        try await TestServer.withDatabase(.migrated(dimensions: 8)) { database async throws in
            let backend = Backend(database)
            let archive = ColdArchive(folder: try backend.archiveFolder())
            let service = PostgresRetentionService(database.client, archive: archive)
            for round in 1...3 {
                let run = try await RetentionChecks.finished(backend)
                try await backend.age(
                    run.runID, completed: 40 * RetentionChecks.day, archived: 31 * RetentionChecks.day)
                #expect(try await service.deleteWarmData() == 1)
                guard round == 2 else { continue }
                let url = URL(filePath: archive.manifestPath)
                try Data(contentsOf: url).dropLast(9).write(to: url)
                #expect(try await service.listArchives().count == 1)
            }
            #expect(try await service.listArchives().count == 2)
            #expect(try await backend.provider.listWorkflowRuns().isEmpty)
        }
    }

    @Test func `gzip finds our files whole`() async throws {
        let lines = (0..<3).map { "line \($0) ä\n" }
        let members = lines.compactMap { Gzip.member(Array($0.utf8)) }
        #expect(members.count == 3)
        let file = FileManager.default.temporaryDirectory.appending(path: "gzip-\(UUID().uuidString).gz")
        try Data(members.flatMap { $0 }).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(filePath: "/bin/gzip")
        process.arguments = ["-dc", file.path]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(text == lines.joined())
        #expect(Gzip.crc32(Array("123456789".utf8)) == 0xCBF4_3926)
        #expect(Gzip.unpack(members[0][...], limit: 3) == nil)
    }

    @Test func `many runs are moved in batches, each once, by sweeps that race`() async throws {
        try await TestServer.withDatabase(.migrated(dimensions: 8)) { database async throws in
            let backend = Backend(database)
            let graph = Sample.graph()
            try await backend.provider.saveGraph(graph)
            try await database.client.execute(
                """
                INSERT INTO workflow_runs (graph_id, status, completed_at)
                SELECT \(graph.id), 'completed', now() - interval '40 days' FROM generate_series(1, 2500)
                """)
            try await database.client.execute(
                """
                INSERT INTO workflow_events (run_id, sequence_id, event_type)
                SELECT id, 0, 'node_started' FROM workflow_runs
                """)
            let archive = ColdArchive(folder: try backend.archiveFolder())
            let service = PostgresRetentionService(
                database.client, archive: archive, options: RetentionOptions(batchSize: 400))
            let archived = try await sum(of: 3) { try await service.archiveCompletedWorkflows() }
            #expect(archived == 2500)
            try await database.client.execute(
                "UPDATE workflow_runs SET archived_at = now() - interval '31 days'")
            let moved = try await sum(of: 3) { try await service.deleteWarmData() }
            #expect(moved == 2500)
            let archives = try await service.listArchives()
            #expect(archives.reduce(0) { $0 + $1.runs } == 2500)
            // Each archive brings its graph along.
            #expect(archives.reduce(0) { $0 + $1.rows } == 5000 + archives.count)
            #expect(archives.allSatisfy { $0.runs <= 400 })
            #expect(try await service.verifyArchives().allSatisfy { $0.problem == nil })
            #expect(try await backend.provider.deleteGraph(id: graph.id))
            var restored = 0
            for entry in archives { restored += try await service.restoreArchive(name: entry.name).restored }
            #expect(restored == 2500)
            #expect(try await backend.provider.loadGraph(id: graph.id) == graph)
            let events = try await database.client.one("SELECT count(*) FROM workflow_events", as: Int.self)
            #expect(events == 2500)
        }
    }

    @Test func `without a cold tier nothing is deleted unless the options permit it`() async throws {
        try await TestServer.withDatabase(.migrated(dimensions: 8)) { database async throws in
            let backend = Backend(database)
            let run = try await RetentionChecks.finished(backend)
            try await backend.age(
                run.runID, completed: 40 * RetentionChecks.day, archived: 31 * RetentionChecks.day)
            let careful = PostgresRetentionService(database.client, archive: nil)
            #expect(await code { _ = try await careful.deleteWarmData() } == .misconfigured)
            let careless = PostgresRetentionService(
                database.client, archive: nil, options: RetentionOptions(deletesWithoutExport: true))
            #expect(try await careless.deleteWarmData() == 1)
            #expect(try await backend.provider.listWorkflowRuns().isEmpty)
        }
    }

    @Test func `an archive that cannot be written moves nothing`() async throws {
        try await TestServer.withDatabase(.migrated(dimensions: 8)) { database async throws in
            let backend = Backend(database)
            let run = try await RetentionChecks.finished(backend)
            try await backend.age(
                run.runID, completed: 40 * RetentionChecks.day, archived: 31 * RetentionChecks.day)
            let file = URL(filePath: try backend.archiveFolder() + "-file")
            try Data().write(to: file)
            let service = PostgresRetentionService(
                database.client, archive: ColdArchive(folder: file.path))
            #expect(await code { _ = try await service.deleteWarmData() } == .unavailable)
            #expect(try await backend.provider.listWorkflowRuns().count == 1)
            try FileManager.default.removeItem(at: file)
        }
    }

    private func sum(
        of count: Int, _ body: @escaping @Sendable () async throws -> Int
    ) async throws -> Int {
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<count { group.addTask { try await body() } }
            return try await group.reduce(0, +)
        }
    }
}
