/// Exchanges in the order they were sent: a ring that keeps its memory.
struct ExchangeQueue: Sendable {
    private var ring: [Exchange?] = []
    private var head = 0
    private(set) var count = 0

    var first: Exchange? { count == 0 ? nil : ring[head] }

    mutating func append(_ exchange: Exchange) {
        if count == ring.count { grow() }
        let tail = head + count
        ring[tail < ring.count ? tail : tail - ring.count] = exchange
        count += 1
    }

    mutating func removeFirst() {
        guard count > 0 else { return }
        ring[head] = nil
        head = head + 1 == ring.count ? 0 : head + 1
        count -= 1
    }

    private mutating func grow() {
        var larger: [Exchange?] = []
        larger.reserveCapacity(max(8, ring.count * 2))
        for offset in 0..<count {
            let index = head + offset
            larger.append(ring[index < ring.count ? index : index - ring.count])
        }
        while larger.count < larger.capacity { larger.append(nil) }
        ring = larger
        head = 0
    }
}
