import Foundation
import TestSupport

/// Runs the small program beside the tests whose memory and system calls are measured.
enum StressProbe {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// The program, beside the program of the tests.
    private static let path: String = {
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
        let candidates = folders.map { $0.appending(path: "WireStressProbe").path }
        return candidates.first { FileManager.default.isExecutableFile(atPath: $0) } ?? candidates[0]
    }()

    /// Runs the probe, by way of another program if `tracer` names one, and returns what it wrote.
    static func run(_ arguments: [String], tracer: [String] = []) async throws -> String {
        let url = try await TestServer.url()
        let words = tracer + [path] + arguments
        return try await withCheckedThrowingContinuation { continuation in
            DispatchQueue(label: "StressProbe").async {
                continuation.resume(with: Result { try run(words, url: url) })
            }
        }
    }

    private static func run(_ words: [String], url: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: words[0])
        process.arguments = Array(words.dropFirst())
        process.environment = ProcessInfo.processInfo.environment.merging(["PROBE_URL": url]) { $1 }
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(description: "the probe ended with \(process.terminationStatus): \(output)")
        }
        return output
    }

    /// Reads lines as `rows 12`.
    static func numbers(in output: String) throws -> [String: Int] {
        var numbers: [String: Int] = [:]
        for line in output.split(separator: "\n") {
            let words = line.split(separator: " ")
            if words.count == 2, let number = Int(words[1]) { numbers[String(words[0])] = number }
        }
        return numbers
    }

    /// The absolute path of a program, nil if it is not installed.
    static func program(_ name: String) -> String? {
        let folders =
            ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":").map(String.init) ?? []
        return (folders + ["/usr/bin", "/usr/sbin"]).map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}
