internal import Dispatch

/// Where this client blocks and where its timers run: never on the global queues.
///
/// These have few threads and belong to everybody: blocking calls of others would make our timers late, and ours theirs.
enum Background {
    private static let timers = DispatchQueue(label: "PostgresWire.timers")

    /// Runs work that may block on a thread of its own.
    static func run(_ work: @escaping @Sendable () -> Void) {
        // A serial queue has a thread of its own while it works; a concurrent one shares the global pool.
        DispatchQueue(label: "PostgresWire.blocking").async(execute: work)
    }

    /// Calls `work`, which must not block, once `delay` has passed.
    static func after(_ delay: Duration, _ work: @escaping @Sendable () -> Void) {
        let parts = delay.components
        let nanoseconds =
            Int(clamping: parts.seconds) &* 1_000_000_000 &+ Int(parts.attoseconds / 1_000_000_000)
        timers.asyncAfter(deadline: .now() + .nanoseconds(max(0, nanoseconds)), execute: work)
    }
}
