/// Operations in the order they were sent: a ring that keeps its memory.
struct PendingOperations {
    private var ring: [Operation?] = []
    private var head = 0
    private(set) var count = 0

    var first: Operation? { count == 0 ? nil : ring[head] }

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
