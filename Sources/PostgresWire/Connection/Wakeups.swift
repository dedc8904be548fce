/// Callers to wake once the lock is released, one of whom needs no array, and what observers are told before.
struct Wakeups {
    private var first: UnsafeContinuation<Void, Never>?
    private var more: [UnsafeContinuation<Void, Never>] = []
    private var events: [(event: ClientEvent, observers: Observers)] = []

    mutating func add(_ continuation: UnsafeContinuation<Void, Never>?) {
        guard let continuation else { return }
        if first == nil { first = continuation } else { more.append(continuation) }
    }

    mutating func add(_ event: ClientEvent, for observers: Observers) { events.append((event, observers)) }

    /// Whether observers are to be told anything.
    var hasEvents: Bool { !events.isEmpty }

    /// Tells the observers.
    func tell() {
        for (event, observers) in events { observers.tell(event) }
    }

    /// Wakes the callers.
    func resume() {
        first?.resume()
        for continuation in more { continuation.resume() }
    }
}
