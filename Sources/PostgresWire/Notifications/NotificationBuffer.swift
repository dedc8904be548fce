/// What waits for one consumer: a bounded queue that loses its oldest events first and says so.
struct NotificationBuffer {
    private let capacity: Int
    private var ring: [PostgresNotificationEvent] = []
    private var head = 0
    /// How many messages were dropped since the consumer was told.
    private var dropped = 0
    /// Whether an event was dropped since then; a gap may be among them, for which the overflow then stands too.
    private var hasOverflown = false

    init(capacity: Int) { self.capacity = max(1, capacity) }

    var isEmpty: Bool { ring.isEmpty && !hasOverflown }

    /// Appends an event; returns whether an older one had to go for it.
    @discardableResult
    mutating func push(_ event: PostgresNotificationEvent) -> Bool {
        guard ring.count == capacity else {
            // The head moves only while the ring is full, and `takeAll` puts it back.
            ring.append(event)
            return false
        }
        if case .notification = ring[head] { dropped += 1 }
        hasOverflown = true
        ring[head] = event
        head = (head + 1) % capacity
        return true
    }

    /// Takes everything that waits, in order; an overflow comes before what is left.
    mutating func takeAll() -> [PostgresNotificationEvent] {
        var events: [PostgresNotificationEvent] = []
        events.reserveCapacity(ring.count + 1)
        if hasOverflown { events.append(.gap(.overflow(dropped: dropped))) }
        events.append(contentsOf: ring[head...])
        events.append(contentsOf: ring[..<head])
        ring.removeAll(keepingCapacity: true)
        head = 0
        dropped = 0
        hasOverflown = false
        return events
    }
}
