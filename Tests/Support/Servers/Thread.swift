import Dispatch

/// Threads of their own for what blocks, so that no thread of Swift's concurrency does.
enum Thread {
    /// Runs `body` beside everything else.
    static func detach(_ body: @escaping @Sendable () -> Void) {
        // A serial queue has a thread of its own while it works; a concurrent one shares a pool that blocks.
        DispatchQueue(label: "tests.blocking").async(execute: body)
    }
}
