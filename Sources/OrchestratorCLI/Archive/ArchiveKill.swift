#if CLI
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif
import Locking

/// Kills this process at the k-th time that it passes a point, as `written:2`, so that tests can see what that
/// leaves.
final class ArchiveKill: Sendable {
    private let point: String
    private let hit: Int
    private let passed = Lock(0)

    init(_ plan: String) {
        let parts = plan.split(separator: ":")
        point = parts.first.map(String.init) ?? ""
        hit = parts.count > 1 ? Int(parts[1]) ?? 1 : 1
    }

    /// Says that the process passes a point.
    func pass(_ point: String) {
        guard self.point == point else { return }
        let count = passed.withLock { passed in
            passed += 1
            return passed
        }
        guard count == hit else { return }
        kill(getpid(), SIGKILL)
        while true { pause() }
    }
}
#endif
