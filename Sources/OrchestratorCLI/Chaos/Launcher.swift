#if CLI
import FoundationEssentials

/// The program that starts the workers of a mode, in place of starting them directly.
enum Launcher: Sendable {
    case none
    /// `strace`, which kills at system calls; its absolute path.
    case strace(String)
    /// `faketime`, which turns clocks; its absolute path.
    case faketime(String)

    /// Finds what a mode needs.
    static func find(for mode: ChaosMode) throws -> Launcher {
        switch mode {
        case .syscalls: return .strace(try path(of: "strace"))
        case .clock: return .faketime(try path(of: "faketime"))
        case .points, .random, .pause, .commit, .server: return .none
        }
    }

    private static func path(of name: String) throws -> String {
        let folders = (Environment.current["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        for folder in folders {
            let path = "\(folder)/\(name)"
            if path.hasPrefix("/"), FileManager.default.isExecutableFile(atPath: path) { return path }
        }
        throw CommandFailure(
            .configuration, "This mode needs the program \(name), which is not here",
            remedy: "Install it (apt-get install \(name)), or use another mode")
    }
}
#endif
