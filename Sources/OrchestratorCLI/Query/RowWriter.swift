#if CLI
import ArgumentParser

/// Gathers text for standard output so that rows do not cost a system call each.
struct RowWriter: Sendable {
    private static let size = 65_536

    private let stream: StandardStream
    private var text = ""

    init(_ stream: StandardStream) { self.stream = stream }

    /// Appends text, which is written once there is enough.
    mutating func append(_ more: String) throws {
        text += more
        if text.utf8.count >= Self.size { try flush() }
    }

    /// Writes what was gathered.
    ///
    /// - Throws: if the reader of a pipe is gone.
    mutating func flush() throws {
        defer { text.removeAll(keepingCapacity: true) }
        // As `head` does: nothing is wrong, and nothing more is wanted.
        guard stream.write(text) else { throw ExitCode(CommandExit.interrupted.rawValue) }
    }
}
#endif
