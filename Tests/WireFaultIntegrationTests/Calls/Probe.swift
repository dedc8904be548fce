import Dispatch
import Foundation
import TestSupport

/// The program `WireProbe` under strace, which puts errors into its system calls.
enum Probe {
    /// What a run has printed and how it ended.
    struct Result: Sendable {
        var code: Int32
        var output: String

        /// How long the longest step took.
        var longestStep: Duration {
            let times = output.split(separator: "\n").compactMap { line -> Int? in
                let words = line.split(separator: " ")
                return words.count == 3 && words[0] == "step" ? Int(words[2]) : nil
            }
            return .milliseconds(times.max() ?? 0)
        }

        /// The last line.
        var end: String { output.split(separator: "\n").last.map(String.init) ?? "" }
    }

    /// The program, beside the program of the tests.
    static let path: String = {
        let tests = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        var folders = [tests.deletingLastPathComponent()]
        let arguments = CommandLine.arguments
        if let flag = arguments.firstIndex(of: "--test-bundle-path"), flag + 1 < arguments.count {
            var bundle = URL(filePath: arguments[flag + 1])
            for _ in 0..<4 {
                bundle.deleteLastPathComponent()
                folders.append(bundle)
            }
        }
        folders.append(RepositoryRoot.url.appending(path: ".build/debug"))
        let candidates = folders.map { $0.appending(path: "WireProbe").path }
        return candidates.first { FileManager.default.isExecutableFile(atPath: $0) } ?? candidates[0]
    }()

    /// Whether errors can be put into system calls here.
    static let hasTracer = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")
        .split(separator: ":").contains { FileManager.default.isExecutableFile(atPath: "\($0)/strace") }

    /// Runs the program against a server, with an injection or without.
    static func run(_ url: String, _ injection: Injection?) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue(label: "tests.probe").async {
                continuation.resume(with: Swift.Result { try runBlocking(url, injection) })
            }
        }
    }

    private static func runBlocking(_ url: String, _ injection: Injection?) throws -> Result {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        var arguments = [path]
        if let injection {
            let inject = "inject=\(injection.call):error=\(injection.error):when=\(injection.when)"
            arguments =
                ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=\(injection.call)", "-e", inject]
                + arguments
        }
        process.arguments = arguments
        // Nothing of the surroundings may name another server; what is set for sanitizers stays.
        let inherited = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("PG") }
        process.environment = inherited.merging(["WIRE_PROBE_URL": url, "SWIFT_BACKTRACE": "enable=no"]) {
            $1
        }
        let output = Pipe()
        process.standardOutput = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
        // A program that hangs is ended, so that its output ends too.
        let watchdog = DispatchWorkItem { process.terminate() }
        DispatchQueue.global().asyncAfter(deadline: .now() + 30, execute: watchdog)
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        watchdog.cancel()
        return Result(code: process.terminationStatus, output: String(decoding: data, as: UTF8.self))
    }
}
