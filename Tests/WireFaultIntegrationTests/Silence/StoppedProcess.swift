import Foundation
import Testing

/// A process of the server that is stopped for a while, as a frozen machine would be.
struct StoppedProcess: Sendable {
    private let processID: Int32

    init(_ processID: Int32) { self.processID = processID }

    /// The process that has started `child`.
    init(parentOf child: Int32) throws {
        let text = try String(contentsOfFile: "/proc/\(child)/stat", encoding: .utf8)
        // After the name, which is in parentheses, come the state and the parent.
        let words = text[(text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ")
        processID = try #require(words.count > 2 ? Int32(words[2]) : nil)
    }

    /// Stops the process, runs `body`, and lets the process go on.
    func whileStopped<Result>(_ body: () async throws -> Result) async throws -> Result {
        try #require(kill(processID, SIGSTOP) == 0)
        defer { kill(processID, SIGCONT) }
        return try await body()
    }
}
