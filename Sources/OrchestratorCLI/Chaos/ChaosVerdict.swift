#if CLI
import FoundationEssentials

/// What became of one run.
struct ChaosVerdict: Sendable {
    var run: UUID
    /// Executions of nodes that were begun and did not end with an action.
    var reexecuted: Int
    /// Which promises were broken, and how.
    var violations: [String]
}
#endif
