import Foundation

/// Looks at processes from outside.
enum Processes {
    /// True if the process exists and has not ended; a zombie has.
    static func isAlive(_ pid: Int32) -> Bool {
        guard kill(pid, 0) == 0 || errno == EPERM else { return false }
        guard let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8) else {
            return !FileManager.default.fileExists(atPath: "/proc")
        }
        return !stat.contains(") Z ")
    }

    /// Waits up to `seconds` for `condition`; returns whether it came true.
    static func wait(_ seconds: Int = 20, until condition: () -> Bool) async throws -> Bool {
        for _ in 0..<(seconds * 20) {
            if condition() { return true }
            try await Task.sleep(for: .milliseconds(50))
        }
        return condition()
    }
}
