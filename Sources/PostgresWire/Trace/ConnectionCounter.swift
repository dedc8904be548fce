internal import Synchronization

/// Counts the connections that a trace met.
final class ConnectionCounter: Sendable {
    private let count = Atomic<Int>(0)

    /// The next connection's number, from 1.
    func next() -> Int { count.add(1, ordering: .relaxed).newValue }
}
