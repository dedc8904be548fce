#if CLI
import EmbeddedPostgres
import FoundationEssentials
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Another program that is run to its end, with what it writes kept in a folder.
struct BenchProcess: Sendable {
    /// What a program has left.
    struct Ending: Sendable {
        var isGood: Bool
        var output: String
        var errors: String

        /// The last line of what it complained about.
        var complaint: String {
            let lines = (errors.isEmpty ? output : errors).split(separator: "\n")
            return lines.last { !$0.isEmpty }.map(String.init) ?? "it ended without a word"
        }
    }

    private static let pause = Duration.milliseconds(5)
    private static let longestRun = Duration.seconds(300)

    /// The absolute path of the program.
    var path: String
    var arguments: [String]
    var environment: Environment
    /// Where its outputs are kept while it runs.
    var folder: String

    /// Runs it and waits for its end; one that takes five minutes, or whose task is cancelled, is ended.
    @concurrent
    func run() async throws -> Ending {
        let (output, errors) = ("\(folder)/output", "\(folder)/errors")
        let command = ChildCommand(path: path, arguments: arguments, environment: environment.variables)
        let child = try Self.withFile(output) { outputEnd in
            try Self.withFile(errors) { errorsEnd in
                try ChildProcess.spawn(command, output: outputEnd, errors: errorsEnd)
            }
        }
        let ending = try await wait(for: child)
        return Ending(
            isGood: ending == .exited(0), output: Self.text(of: output), errors: Self.text(of: errors))
    }

    private func wait(for child: ChildProcess) async throws -> ChildResult.Ending {
        let began = ContinuousClock.now
        while true {
            if let ending = child.reap() { return ending }
            do {
                try await Task.sleep(for: Self.pause)
                guard began.duration(to: .now) < Self.longestRun else {
                    throw CommandFailure(
                        .checkFailed, "\(path) did not end in \(Text.seconds(Self.longestRun))",
                        remedy: "Look whether the server is overloaded, then try again")
                }
            } catch {
                _ = kill(child.pid, SIGKILL)
                while child.reap() == nil { usleep(1_000) }
                throw error
            }
        }
    }

    private static func withFile<Result>(_ path: String, _ body: (Int32) throws -> Result) throws -> Result {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw CommandFailure(
                .configuration, "The file \(path) cannot be written",
                remedy: "Make room, or let TMPDIR name a folder that can be written")
        }
        defer { close(descriptor) }
        return try body(descriptor)
    }

    private static func text(of path: String) -> String {
        (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    }
}
#endif
