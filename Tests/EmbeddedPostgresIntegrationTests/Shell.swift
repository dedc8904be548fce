import Foundation

/// Runs small commands for the tests.
enum Shell {
    /// Runs a script and returns its exit code and standard output, off the threads of Swift concurrency.
    @discardableResult
    static func run(_ script: String, _ arguments: [String] = []) async throws -> (
        code: Int32, output: String
    ) {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue(label: "Shell").async {
                continuation.resume(with: Result { try runBlocking(script, arguments) })
            }
        }
    }

    private static func runBlocking(_ script: String, _ arguments: [String]) throws -> (Int32, String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", script, "sh"] + arguments
        process.currentDirectoryURL = URL(fileURLWithPath: "/")
        // A file and not a pipe: what the script leaves running in the background would hold a pipe open.
        let file = FileManager.default.temporaryDirectory.appending(path: "shell-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data().write(to: file)
        process.standardOutput = try FileHandle(forWritingTo: file)
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        let data = try Data(contentsOf: file)
        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }
}
