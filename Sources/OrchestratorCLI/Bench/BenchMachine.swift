#if CLI
import FoundationEssentials

/// The machine that a benchmark ran on, in words.
enum BenchMachine {
    /// Processor, how many of them, and the system.
    static var description: String {
        "\(ProcessInfo.processInfo.activeProcessorCount) × \(processor), \(system), \(build) build"
    }

    /// Whether the compiler has optimised this program.
    static var isOptimised: Bool {
        var isDebug = false
        assert(
            {
                isDebug = true
                return true
            }())
        return !isDebug
    }

    private static var build: String { isOptimised ? "release" : "debug" }

    private static var processor: String {
        guard let text = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8),
            let line = text.split(separator: "\n").first(where: { $0.hasPrefix("model name") }),
            let name = line.split(separator: ":").dropFirst().first
        else { return "processor" }
        return String(name.drop { $0 == " " })
    }

    private static var system: String {
        guard let text = try? String(contentsOfFile: "/proc/sys/kernel/osrelease", encoding: .utf8) else {
            return "unknown system"
        }
        return "Linux " + (text.split(separator: "\n").first ?? "")
    }
}
#endif
