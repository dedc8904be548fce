#if os(Linux)
import EmbeddedPostgres
import Foundation
import Testing

/// Runs this test program a second time, with only the test below, and kills it.
@Suite(.needsServer) struct KilledProcessTests {
    /// Names the file in which the second process tells its server; unset in an ordinary run.
    private static let variable = "EMBEDDED_POSTGRES_TEST_REPORT"

    @Test func `an ephemeral server dies with its process, even by kill -9`() async throws {
        let scratch = try ScratchFolder()
        let report = "\(scratch.path)/report"
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = Self.argumentsOfThisRun() + ["--filter", "KilledProcessTests/`second process`"]
        process.environment = ProcessInfo.processInfo.environment.merging([Self.variable: report]) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        defer { kill(process.processIdentifier, SIGKILL) }

        #expect(try await Processes.wait(120) { FileManager.default.fileExists(atPath: report) })
        let lines = try String(contentsOfFile: report, encoding: .utf8).split(separator: "\n")
        let server = try #require(lines.first.flatMap { Int32($0) })
        let folder = String(try #require(lines.last))
        #expect(Processes.isAlive(server))
        #expect(FileManager.default.fileExists(atPath: folder))

        kill(process.processIdentifier, SIGKILL)
        #expect(try await Processes.wait { !Processes.isAlive(server) })
        #expect(try await Processes.wait { !FileManager.default.fileExists(atPath: folder) })
    }

    @Test(.enabled(if: ProcessInfo.processInfo.environment[variable] != nil))
    func `second process`() async throws {
        let report = try #require(ProcessInfo.processInfo.environment[Self.variable])
        let server = try await EmbeddedPostgres.start(.ephemeral)
        let folder = URL(fileURLWithPath: server.dataFolder).deletingLastPathComponent().path
        try "\(server.processIdentifier)\n\(folder)\n".write(
            toFile: report, atomically: true, encoding: .utf8)
        try await Task.sleep(for: .seconds(300))
    }

    /// The arguments that started this run, without its own choice of tests.
    private static func argumentsOfThisRun() -> [String] {
        var result: [String] = []
        var skip = false
        for argument in CommandLine.arguments.dropFirst() {
            if skip {
                skip = false
            } else if ["--filter", "--skip", "--xunit-output", "--event-stream-output-path"].contains(
                argument)
            {
                skip = true
            } else {
                result.append(argument)
            }
        }
        return result
    }
}
#endif
