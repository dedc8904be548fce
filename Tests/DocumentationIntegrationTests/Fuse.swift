import Locking

/// Blows once.
final class Fuse: Sendable {
    private let isWhole = Lock(true)

    /// Whether the fuse was whole; it is not any more.
    func withdraw() -> Bool {
        isWhole.withLock { isWhole in
            defer { isWhole = false }
            return isWhole
        }
    }
}
