import Locking

/// Texts that several tasks add.
final class Collected: Sendable {
    private let lock = Lock<[String]>([])

    /// The texts in the order in which they were added.
    var texts: [String] { lock.withLock { $0 } }

    /// Adds a text.
    func add(_ text: String) { lock.withLock { $0.append(text) } }
}
