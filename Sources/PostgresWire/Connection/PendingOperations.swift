/// Operations in the order they were sent: a ring that keeps its memory.
struct PendingOperations {
    private var ring: [Operation?] = []
    private var head = 0
    private(set) var count = 0

    var first: Operation? { count == 0 ? nil : ring[head] }

    var last: Operation? { count == 0 ? nil : ring[(head + count - 1) % ring.count] }

    /// Whether a cancel request can hit nothing but this one: nothing else is owed, but for a reset before it.
    func isAlone(_ operation: Operation) -> Bool {
        count == 1 || count == 2 && first?.isReset == true && last === operation
    }

    /// Whether every caller has gone with an error before its reply came.
    var allHaveGone: Bool {
        (0..<count).allSatisfy { index in
            guard let operation = ring[(head + index) % ring.count] else { return true }
            return operation.isReleased || operation.isReset
        }
    }

    mutating func append(_ operation: Operation) {
        if count == ring.count {
            ring = (0..<count).map { ring[(head + $0) % ring.count] }
            ring.append(contentsOf: repeatElement(nil, count: max(8, count)))
            head = 0
        }
        ring[(head + count) % ring.count] = operation
        count += 1
    }

    mutating func removeFirst() {
        guard count > 0 else { return }
        ring[head] = nil
        head = (head + 1) % ring.count
        count -= 1
    }
}
