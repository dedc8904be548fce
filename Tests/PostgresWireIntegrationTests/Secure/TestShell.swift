import Foundation

/// Runs small scripts for the tests.
enum TestShell {
    /// A script that failed, with what it wrote.
    struct Failure: Error, CustomStringConvertible {
        let text: String
        var description: String { text }
    }

    /// Runs a script and returns its exit code and standard output, off the threads of Swift concurrency.
    static func run(_ script: String, _ arguments: [String] = []) async throws -> (
        code: Int32, output: String
    ) {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue(label: "TestShell").async {
                continuation.resume(
                    with: Result {
                        let process = Process()
                        process.executableURL = URL(fileURLWithPath: "/bin/sh")
                        process.arguments = ["-c", script, "sh"] + arguments
                        let pipe = Pipe()
                        process.standardOutput = pipe
                        process.standardInput = FileHandle.nullDevice
                        try process.run()
                        let data = pipe.fileHandleForReading.readDataToEndOfFile()
                        process.waitUntilExit()
                        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
                    })
            }
        }
    }
}
