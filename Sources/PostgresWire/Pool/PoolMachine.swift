/// Decides who gets which connection: numbers in, actions out.
///
/// It knows no sockets, clocks or tasks.
///
/// Connections and waiters are numbers that the driver gives. Waiters are served first come, first served; idle
/// connections last used, first lent, so that the rest can grow old and be closed.
struct PoolMachine {
    /// What the driver does next.
    enum Action: Equatable {
        /// Lend this idle connection to the caller at once.
        case lend(connection: Int)
        /// Let the caller wait under its number.
        case wait
        /// Refuse the caller: the pool is closed or too many wait already.
        case refuse
    }

    /// What a returned or opened connection is for.
    enum Assignment: Equatable {
        /// Give it to this waiter.
        case lend(waiter: Int)
        /// Keep it.
        case keep
        /// Close it: the pool is closed.
        case close
    }

    private enum Slot: Equatable {
        case idle
        case lent
    }

    let maximumConnections: Int
    let maximumWaiters: Int
    let maximumOpening: Int

    private var slots: [Int: Slot] = [:]
    private var idle: [Int] = []
    private var waiters = WaiterQueue()
    private(set) var opening = 0
    private(set) var isClosed = false

    init(maximumConnections: Int, maximumWaiters: Int, maximumOpening: Int) {
        self.maximumConnections = maximumConnections
        self.maximumWaiters = maximumWaiters
        self.maximumOpening = maximumOpening
    }

    var connectionCount: Int { slots.count }

    var idleCount: Int { idle.count }

    var lentCount: Int { slots.count - idle.count }

    var waiterCount: Int { waiters.count }

    /// The caller wants a connection and is known as `waiter` if it has to wait.
    mutating func acquire(waiter: Int) -> Action {
        guard !isClosed else { return .refuse }
        // Whoever waits came first; an idle connection beside a waiter does not exist.
        if let connection = idle.popLast() {
            slots[connection] = .lent
            return .lend(connection: connection)
        }
        guard waiters.count < maximumWaiters else { return .refuse }
        waiters.append(waiter)
        return .wait
    }

    /// How many connections should be opened now; they count as opening from here on.
    mutating func openingsNeeded() -> Int {
        guard !isClosed else { return 0 }
        let room = maximumConnections - slots.count - opening
        let wanted = waiters.count - opening
        let count = max(0, min(room, wanted, maximumOpening - opening))
        opening += count
        return count
    }

    /// A connection has been opened and is known by this number.
    mutating func opened(_ connection: Int) -> Assignment {
        opening -= 1
        return assign(connection)
    }

    /// An opening has failed.
    mutating func openingFailed() { opening -= 1 }

    /// A lent connection has come back and can be used again.
    mutating func returned(_ connection: Int) -> Assignment {
        guard slots[connection] == .lent else { return .keep }
        return assign(connection)
    }

    /// A connection has ended, lent or idle.
    mutating func ended(_ connection: Int) {
        guard slots.removeValue(forKey: connection) == .idle else { return }
        idle.removeAll { $0 == connection }
    }

    /// A waiter no longer waits; false if it has been served already.
    mutating func gaveUp(_ waiter: Int) -> Bool { waiters.remove(waiter) }

    /// Takes all waiters, who are told that there is nothing to wait for.
    mutating func takeWaiters() -> [Int] { waiters.removeAll() }

    /// Lends nothing any more; returns the idle connections, which are to be closed.
    mutating func close() -> [Int] {
        isClosed = true
        let connections = idle
        for connection in connections { slots[connection] = nil }
        idle = []
        return connections
    }

    private mutating func assign(_ connection: Int) -> Assignment {
        guard !isClosed else {
            slots[connection] = nil
            return .close
        }
        if let waiter = waiters.popFirst() {
            slots[connection] = .lent
            return .lend(waiter: waiter)
        }
        slots[connection] = .idle
        idle.append(connection)
        return .keep
    }
}
