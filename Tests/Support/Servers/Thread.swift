import Dispatch

/// Threads of their own for what blocks, so that no thread of Swift's concurrency does.
enum Thread {
    private static let queue = DispatchQueue(label: "tests.blocking", attributes: .concurrent)

    /// Runs `body` beside everything else.
    static func detach(_ body: @escaping @Sendable () -> Void) { queue.async(execute: body) }
}
