/// Numbers in the order they came, any of which may leave early.
///
/// Every step is O(1) over a queue's life.
struct WaiterQueue {
    private var order: [Int] = []
    private var head = 0
    private var present: Set<Int> = []

    var count: Int { present.count }

    mutating func append(_ waiter: Int) {
        order.append(waiter)
        present.insert(waiter)
    }

    mutating func popFirst() -> Int? {
        while head < order.count {
            let waiter = order[head]
            head += 1
            if head > 64, head * 2 > order.count {
                order.removeFirst(head)
                head = 0
            }
            if present.remove(waiter) != nil { return waiter }
        }
        return nil
    }

    mutating func remove(_ waiter: Int) -> Bool { present.remove(waiter) != nil }

    mutating func removeAll() -> [Int] {
        let waiting = order[head...].filter { present.contains($0) }
        order = []
        head = 0
        present = []
        return waiting
    }
}
