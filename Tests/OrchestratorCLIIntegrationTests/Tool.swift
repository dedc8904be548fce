import Foundation
import JSONModel
import TestSupport
import Testing

/// The tool as a user runs it: the built program in a process of its own.
struct Tool: Sendable {
    /// What a finished process leaves.
    struct Result: Sendable {
        var code: Int32
        var output: String
        var errors: String

        /// Standard output, which must be one JSON document.
        func json() throws -> JSONValue { try JSONValue(parsing: output) }
    }

    /// Variables that name servers, which no test may inherit.
    private static let naming = [
        "DATABASE_URL", "PGHOST", "PGHOSTADDR", "PGPORT", "PGUSER", "PGPASSWORD", "PGDATABASE", "PGOPTIONS",
        "PGSERVICE", "PGAPPNAME", "NO_COLOR",
    ]

    /// The program, beside the program of the tests.
    static let path: String = {
        let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        var folders = [tests.deletingLastPathComponent()]
        let arguments = CommandLine.arguments
        if let flag = arguments.firstIndex(of: "--test-bundle-path"), flag + 1 < arguments.count {
            var bundle = URL(fileURLWithPath: arguments[flag + 1])
            for _ in 0..<4 {
                bundle.deleteLastPathComponent()
                folders.append(bundle)
            }
        }
        folders.append(RepositoryRoot.url.appending(path: ".build/debug"))
        let candidates = folders.map { $0.appending(path: "orchestrator").path }
        return candidates.first { FileManager.default.isExecutableFile(atPath: $0) } ?? candidates[0]
    }()

    /// Whether the program was built with its command line, which needs the default traits.
    static let hasCommandLine: Bool = {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = ["--version"]
        let pipe = Pipe()
        process.standardOutput = pipe
        guard (try? process.run()) != nil else { return true }
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return !String(decoding: data, as: UTF8.self).contains("without its command line")
    }()

    private let process = Process()
    private let folder: URL

    /// Starts the tool, with `isNice` behind whatever else wants the processors.
    init(_ arguments: [String], environment: [String: String] = [:], isNice: Bool = false) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "tool-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let words = (isNice ? ["/usr/bin/env", "nice", "-n", "15"] : []) + [Self.path] + arguments
        process.executableURL = URL(fileURLWithPath: words[0])
        process.arguments = Array(words.dropFirst())
        var variables = ProcessInfo.processInfo.environment
        for name in Self.naming { variables[name] = nil }
        process.environment = variables.merging(environment) { $1 }
        process.currentDirectoryURL = URL(fileURLWithPath: "/")
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try file("output")
        process.standardError = try file("errors")
        try process.run()
    }

    var processID: Int32 { process.processIdentifier }

    /// What it wrote to standard error so far.
    var errors: String { text("errors") }

    func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// Waits for the end, at most three minutes, then ends it.
    func finish() async throws -> Result {
        for _ in 0..<3_600 where process.isRunning { try await Task.sleep(for: .milliseconds(50)) }
        if process.isRunning { send(SIGKILL) }
        process.waitUntilExit()
        defer { try? FileManager.default.removeItem(at: folder) }
        return Result(code: process.terminationStatus, output: text("output"), errors: errors)
    }

    /// Runs the tool to its end.
    static func run(_ arguments: String..., environment: [String: String] = [:]) async throws -> Result {
        try await Tool(arguments, environment: environment).finish()
    }

    private func file(_ name: String) throws -> FileHandle {
        let url = folder.appending(path: name)
        try Data().write(to: url)
        return try FileHandle(forWritingTo: url)
    }

    private func text(_ name: String) -> String {
        (try? String(contentsOf: folder.appending(path: name), encoding: .utf8)) ?? ""
    }
}

extension Trait where Self == ConditionTrait {
    /// Skips the tests, by name, where the package was built without its default traits.
    static var needsCommandLine: Self {
        .enabled(if: Tool.hasCommandLine, "built without the package trait CLI")
    }
}
