@testable import PostgresWire
import Testing

/// The pool's decisions, and 20,000 random schedules against its invariants.
@Suite struct PoolMachineTests {
    private func machine(_ connections: Int = 2, waiters: Int = 4, opening: Int = 2) -> PoolMachine {
        PoolMachine(maximumConnections: connections, maximumWaiters: waiters, maximumOpening: opening)
    }

    @Test func `the first caller waits and one connection is opened for it`() {
        var pool = machine()
        #expect(pool.acquire(waiter: 1) == .wait)
        #expect(pool.openingsNeeded() == 1)
        #expect(pool.openingsNeeded() == 0)
        #expect(pool.opened(10) == .lend(waiter: 1))
        #expect(pool.lentCount == 1)
    }

    @Test func `waiters are served in the order they came`() {
        var pool = machine(1)
        #expect(pool.acquire(waiter: 1) == .wait)
        #expect(pool.acquire(waiter: 2) == .wait)
        #expect(pool.acquire(waiter: 3) == .wait)
        #expect(pool.openingsNeeded() == 1)
        #expect(pool.opened(10) == .lend(waiter: 1))
        #expect(pool.returned(10) == .lend(waiter: 2))
        #expect(pool.returned(10) == .lend(waiter: 3))
        #expect(pool.returned(10) == .keep)
    }

    @Test func `a waiter that gives up leaves its place to the next`() {
        var pool = machine(1)
        _ = pool.acquire(waiter: 1)
        _ = pool.acquire(waiter: 2)
        let first = pool.gaveUp(1)
        let second = pool.gaveUp(1)
        #expect(first && !second)
        _ = pool.openingsNeeded()
        #expect(pool.opened(10) == .lend(waiter: 2))
        let served = pool.gaveUp(2)
        #expect(!served)
    }

    @Test func `the connection used last is lent first`() {
        var pool = machine(2)
        for number in [1, 2] { _ = pool.acquire(waiter: number) }
        #expect(pool.openingsNeeded() == 2)
        #expect(pool.opened(10) == .lend(waiter: 1))
        #expect(pool.opened(11) == .lend(waiter: 2))
        #expect(pool.returned(11) == .keep)
        #expect(pool.returned(10) == .keep)
        #expect(pool.acquire(waiter: 3) == .lend(connection: 10))
    }

    @Test func `one waiter more than allowed is refused`() {
        var pool = machine(1, waiters: 2)
        #expect(pool.acquire(waiter: 1) == .wait)
        #expect(pool.acquire(waiter: 2) == .wait)
        #expect(pool.acquire(waiter: 3) == .refuse)
    }

    @Test func `a connection that ends makes room for another`() {
        var pool = machine(1)
        _ = pool.acquire(waiter: 1)
        _ = pool.openingsNeeded()
        _ = pool.opened(10)
        _ = pool.acquire(waiter: 2)
        #expect(pool.openingsNeeded() == 0)
        pool.ended(10)
        #expect(pool.openingsNeeded() == 1)
    }

    @Test func `a closed pool lends nothing and closes what comes back`() {
        var pool = machine(2)
        for number in [1, 2] { _ = pool.acquire(waiter: number) }
        _ = pool.openingsNeeded()
        _ = pool.opened(10)
        _ = pool.opened(11)
        _ = pool.returned(10)
        #expect(pool.close() == [10])
        #expect(pool.acquire(waiter: 3) == .refuse)
        #expect(pool.returned(11) == .close)
        #expect(pool.connectionCount == 0)
    }

    @Test func `random schedules lose no connection, lend none twice and keep the order`() {
        for seed in 0..<20_000 {
            var world = PoolWorld(seed: UInt64(seed))
            for _ in 0..<60 { world.step() }
            if let complaint = world.complaint {
                Issue.record("seed \(seed): \(complaint)")
                return
            }
        }
    }
}

/// A pool with callers that come, go and give up at random, and what must hold after every step.
private struct PoolWorld {
    var pool: PoolMachine
    var random: UInt64
    var waiting: [Int] = []
    var lent: Set<Int> = []
    var idle: Set<Int> = []
    var openings = 0
    var nextNumber = 0
    var complaint: String?
    let maximum: Int

    init(seed: UInt64) {
        random = seed &* 0x9e37_79b9_7f4a_7c15 &+ 1
        maximum = Int(seed % 4) + 1
        pool = PoolMachine(
            maximumConnections: maximum, maximumWaiters: 6, maximumOpening: Int(seed % 3) + 1)
    }

    mutating func draw(_ limit: Int) -> Int {
        random ^= random << 13
        random ^= random >> 7
        random ^= random << 17
        return Int(random % UInt64(limit))
    }

    mutating func number() -> Int {
        nextNumber += 1
        return nextNumber
    }

    mutating func step() {
        switch draw(7) {
        case 0, 1: acquire()
        case 2: openings += pool.openingsNeeded()
        case 3 where openings > 0:
            openings -= 1
            let connection = number()
            settle(connection, pool.opened(connection))
        case 4 where openings > 0:
            openings -= 1
            pool.openingFailed()
        case 5: giveBackOrEnd()
        default: giveUp()
        }
        check()
    }

    private mutating func acquire() {
        let waiter = number()
        switch pool.acquire(waiter: waiter) {
        case .lend(let connection):
            if idle.remove(connection) == nil { complaint = "lent a connection that was not idle" }
            if !waiting.isEmpty { complaint = "lent past a waiter" }
            lent.insert(connection)
        case .wait:
            if !idle.isEmpty { complaint = "made a caller wait beside an idle connection" }
            waiting.append(waiter)
        case .refuse:
            if waiting.count < 6 { complaint = "refused with room in the line" }
        }
    }

    private mutating func settle(_ connection: Int, _ assignment: PoolMachine.Assignment) {
        switch assignment {
        case .lend(let waiter):
            if waiting.first != waiter { complaint = "served out of order" }
            if !waiting.isEmpty { waiting.removeFirst() }
            lent.insert(connection)
        case .keep:
            if !waiting.isEmpty { complaint = "kept a connection beside a waiter" }
            idle.insert(connection)
        case .close: complaint = "closed while open"
        }
    }

    private mutating func giveBackOrEnd() {
        guard let connection = lent.sorted().first else { return }
        lent.remove(connection)
        if draw(4) == 0 { pool.ended(connection) } else { settle(connection, pool.returned(connection)) }
    }

    private mutating func giveUp() {
        guard !waiting.isEmpty else { return }
        let waiter = waiting.remove(at: draw(waiting.count))
        if !pool.gaveUp(waiter) { complaint = "a waiter was not there" }
    }

    private mutating func check() {
        if pool.lentCount != lent.count { complaint = "the number of lent connections is wrong" }
        if pool.idleCount != idle.count { complaint = "the number of idle connections is wrong" }
        if pool.waiterCount != waiting.count { complaint = "the number of waiters is wrong" }
        if pool.opening != openings { complaint = "the number of openings is wrong" }
        if lent.count + idle.count + openings > maximum { complaint = "more connections than allowed" }
    }
}
