import Locking

/// A value that the tasks of a test share.
final class Shared<Value: Sendable>: Sendable {
    private let lock: Lock<Value>

    init(_ value: Value) { lock = Lock(value) }

    var value: Value { lock.withLock { $0 } }

    func set(_ value: Value) { lock.withLock { $0 = value } }
}

extension Shared<Int> {
    /// Counts on and returns what the count was.
    @discardableResult
    func next() -> Int {
        lock.withLock { count in
            count += 1
            return count - 1
        }
    }
}
