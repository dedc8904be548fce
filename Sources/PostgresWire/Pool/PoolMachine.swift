/// Decides who gets which connection: numbers and times in, actions out.
///
/// It knows no sockets, clocks or tasks. Connections and waiters are numbers that the driver gives; `now` counts from
/// any start. Waiters are served first come, first served; of the idle connections the one used last is lent first,
/// so that the rest can grow old and be closed.
struct PoolMachine {
    /// What the driver does for a caller.
    enum Action: Equatable {
        /// Lend this idle connection at once.
        case lend(connection: Int)
        /// Let the caller wait under its number.
        case wait
        case refuse(Refusal)
    }

    /// Why a caller gets nothing.
    enum Refusal: Equatable {
        /// The pool is closed.
        case closed
        /// As many wait as may wait.
        case tooManyWaiters
        /// Every connection is held by a task that waits for another one.
        case deadlock
        /// The last openings failed, and the next attempt is not due.
        case breakerOpen
    }

    /// What a returned or opened connection is for.
    enum Assignment: Equatable {
        /// Give it to this waiter.
        case lend(waiter: Int)
        /// Keep it.
        case keep
        /// Close it.
        case close
    }

    private struct Slot {
        var isLent: Bool
        var generation: Int
        let expires: Duration
        var idleSince: Duration
    }

    let limits: PoolLimits
    private var slots: [Int: Slot] = [:]
    private var idle: [Int] = []
    private var waiters = WaiterQueue()
    /// Connections whose holders wait for another one, and by which waiter.
    private var blocked: [Int: [Int]] = [:]
    private var generation = 0
    private var failuresInARow = 0
    private var nextAttempt = Duration.zero
    private(set) var opening = 0
    private(set) var isClosed = false

    init(limits: PoolLimits) { self.limits = limits }

    var connectionCount: Int { slots.count }

    var idleCount: Int { idle.count }

    var lentCount: Int { slots.count - idle.count }

    var waiterCount: Int { waiters.count }

    /// The caller wants a connection and is known as `waiter` if it has to wait.
    ///
    /// `holding` names the connections that the caller's task holds already.
    mutating func acquire(waiter: Int, holding: [Int] = [], now: Duration) -> Action {
        guard !isClosed else { return .refuse(.closed) }
        // An idle connection beside a waiter does not exist, so nobody is overtaken.
        if let connection = idle.popLast() {
            slots[connection]?.isLent = true
            return .lend(connection: connection)
        }
        guard waiters.count < limits.maximumWaiters else { return .refuse(.tooManyWaiters) }
        if slots.isEmpty, opening == 0, failuresInARow >= limits.breakerThreshold, now < nextAttempt {
            return .refuse(.breakerOpen)
        }
        if wouldDeadlock(holding) { return .refuse(.deadlock) }
        waiters.append(waiter)
        if !holding.isEmpty { blocked[waiter] = holding }
        return .wait
    }

    /// Whether no connection could ever come back if one more caller that holds `holding` waited.
    private func wouldDeadlock(_ holding: [Int]) -> Bool {
        guard !holding.isEmpty, slots.count + opening >= limits.maximumConnections, opening == 0 else {
            return false
        }
        let held = Set(blocked.values.joined()).union(holding)
        return slots.allSatisfy { !$0.value.isLent || held.contains($0.key) }
    }

    /// How many connections should be opened now; they count as opening from here on.
    mutating func openingsNeeded(now: Duration) -> Int {
        guard !isClosed, now >= nextAttempt else { return 0 }
        let room = limits.maximumConnections - slots.count - opening
        let wanted = max(waiters.count, limits.minimumConnections - slots.count) - opening
        // After a failure one attempt at a time is enough to learn whether the server is back.
        let atOnce = failuresInARow > 0 ? 1 : limits.maximumOpening
        let count = max(0, min(room, wanted, atOnce - opening))
        opening += count
        return count
    }

    /// A connection has been opened and is known by this number.
    ///
    /// `lifetime` is how long it may live, with the jitter that keeps all from ending at once.
    mutating func opened(_ connection: Int, lifetime: Duration, now: Duration) -> Assignment {
        opening -= 1
        failuresInARow = 0
        nextAttempt = .zero
        slots[connection] = Slot(
            isLent: true, generation: generation, expires: now + lifetime, idleSince: now)
        return assign(connection, now)
    }

    /// An opening has failed; the next may begin after `pause`.
    mutating func openingFailed(pause: Duration, now: Duration) {
        opening -= 1
        failuresInARow += 1
        nextAttempt = now + pause
    }

    /// How many openings have failed one after the other.
    var failures: Int { failuresInARow }

    /// A lent connection has come back and can be used again.
    mutating func returned(_ connection: Int, now: Duration) -> Assignment {
        guard slots[connection]?.isLent == true else { return .keep }
        return assign(connection, now)
    }

    /// A connection has ended, lent or idle.
    mutating func ended(_ connection: Int) {
        guard let slot = slots.removeValue(forKey: connection), !slot.isLent else { return }
        idle.removeAll { $0 == connection }
    }

    /// A waiter no longer waits; false if it has been served already.
    mutating func gaveUp(_ waiter: Int) -> Bool {
        blocked[waiter] = nil
        return waiters.remove(waiter)
    }

    /// Takes all waiters, who are told that there is nothing to wait for.
    mutating func takeWaiters() -> [Int] {
        blocked = [:]
        return waiters.removeAll()
    }

    /// Gives up idle connections that are unused for too long or too old; returns those to close.
    mutating func prune(now: Duration) -> [Int] {
        var closing: [Int] = []
        idle.removeAll { connection in
            guard let slot = slots[connection] else { return true }
            let isUnused =
                slot.idleSince + limits.idleTimeout <= now && slots.count > limits.minimumConnections
            guard isUnused || slot.expires <= now else { return false }
            slots[connection] = nil
            closing.append(connection)
            return true
        }
        return closing
    }

    /// Gives up every connection that exists now: idle ones are returned to be closed, lent ones when they come back.
    mutating func expireAll() -> [Int] {
        generation += 1
        return takeIdle()
    }

    /// Gives up some connections: idle ones are returned to be closed, lent ones when they come back.
    mutating func expire(_ connections: some Sequence<Int>) -> [Int] {
        var closing: [Int] = []
        for connection in connections {
            guard let slot = slots[connection] else { continue }
            guard slot.isLent else {
                slots[connection] = nil
                closing.append(connection)
                continue
            }
            // A generation that never is the current one.
            slots[connection]?.generation = -1
        }
        let gone = Set(closing)
        if !gone.isEmpty { idle.removeAll { gone.contains($0) } }
        return closing
    }

    /// Lends nothing any more; returns the idle connections, which are to be closed.
    mutating func close() -> [Int] {
        isClosed = true
        return takeIdle()
    }

    private mutating func takeIdle() -> [Int] {
        let connections = idle
        for connection in connections { slots[connection] = nil }
        idle = []
        return connections
    }

    private mutating func assign(_ connection: Int, _ now: Duration) -> Assignment {
        guard let slot = slots[connection], !isClosed, slot.generation == generation, slot.expires > now
        else {
            slots[connection] = nil
            return .close
        }
        if let waiter = waiters.popFirst() {
            blocked[waiter] = nil
            return .lend(waiter: waiter)
        }
        slots[connection]?.isLent = false
        slots[connection]?.idleSince = now
        idle.append(connection)
        return .keep
    }
}
