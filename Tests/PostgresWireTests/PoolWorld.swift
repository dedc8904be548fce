import Foundation

@testable import PostgresWire

/// A pool with callers that come, go and give up at random, and what must hold after every step.
struct PoolWorld {
    /// 20,000 of them, or as many as `ORCHESTRATOR_POOL_SCHEDULES` says (`./dev test --full client` sets a million).
    static var schedules: Int {
        ProcessInfo.processInfo.environment["ORCHESTRATOR_POOL_SCHEDULES"].flatMap(Int.init) ?? 20_000
    }

    private(set) var complaint: String?
    private var pool: PoolMachine
    private var random: UInt64
    private var now = Duration.zero
    private var waiting: [Int] = []
    private var lent: [Int] = []
    private var idle: Set<Int> = []
    private var expired: Set<Int> = []
    private var openings = 0
    private var nextNumber = 0
    private let maximum: Int

    init(seed: UInt64) {
        random = seed &* 0x9e37_79b9_7f4a_7c15 &+ 1
        maximum = Int(seed % 4) + 1
        pool = PoolMachine(
            limits: PoolLimits(
                maximumConnections: maximum, minimumConnections: Int(seed % 2), maximumWaiters: 6,
                maximumOpening: Int(seed % 3) + 1, idleTimeout: .seconds(5), maximumLifetime: .seconds(20),
                breakerThreshold: 3))
    }

    mutating func step() {
        now += .milliseconds(draw(900))
        switch draw(10) {
        case 0, 1, 2: acquire()
        case 3: openings += pool.openingsNeeded(now: now)
        case 4 where openings > 0:
            openings -= 1
            let connection = number()
            settle(connection, pool.opened(connection, lifetime: .seconds(20), now: now))
        case 5 where openings > 0:
            openings -= 1
            pool.openingFailed(pause: .milliseconds(draw(2_000)), now: now)
        case 6, 7: giveBackOrEnd()
        case 8 where draw(6) == 0: close(pool.expireAll(), all: true)
        case 8 where draw(6) == 0: expireSome()
        case 8: close(pool.prune(now: now), all: false)
        default: giveUp()
        }
        check()
    }

    private mutating func draw(_ limit: Int) -> Int {
        random ^= random << 13
        random ^= random >> 7
        random ^= random << 17
        return Int(random % UInt64(limit))
    }

    private mutating func number() -> Int {
        nextNumber += 1
        return nextNumber
    }

    private mutating func acquire() {
        let waiter = number()
        switch pool.acquire(waiter: waiter, now: now) {
        case .lend(let connection):
            if idle.remove(connection) == nil { complaint = "lent a connection that was not idle" }
            if !waiting.isEmpty { complaint = "lent past a waiter" }
            lent.append(connection)
        case .wait:
            if !idle.isEmpty { complaint = "made a caller wait beside an idle connection" }
            waiting.append(waiter)
        case .refuse(.breakerOpen):
            if !lent.isEmpty || !idle.isEmpty { complaint = "refused although there are connections" }
        case .refuse:
            if waiting.count < 6 { complaint = "refused with room in the line" }
        }
    }

    private mutating func settle(_ connection: Int, _ assignment: PoolMachine.Assignment) {
        switch assignment {
        case .lend(let waiter):
            if waiting.first != waiter { complaint = "served out of order" }
            if !waiting.isEmpty { waiting.removeFirst() }
            if expired.contains(connection) { complaint = "lent an expired connection" }
            lent.append(connection)
        case .keep:
            if !waiting.isEmpty { complaint = "kept a connection beside a waiter" }
            if expired.contains(connection) { complaint = "kept an expired connection" }
            idle.insert(connection)
        case .close: break
        }
    }

    private mutating func giveBackOrEnd() {
        guard !lent.isEmpty else { return }
        let connection = lent.remove(at: draw(lent.count))
        if draw(4) == 0 {
            pool.ended(connection)
        } else {
            settle(connection, pool.returned(connection, now: now))
        }
    }

    private mutating func close(_ connections: [Int], all: Bool) {
        for connection in connections where idle.remove(connection) == nil {
            complaint = "closed a connection that was not idle"
        }
        if all { expired.formUnion(lent) }
        if all, !idle.isEmpty { complaint = "an idle connection outlived its expiry" }
    }

    /// Expires a lent and an idle connection and one that does not exist.
    private mutating func expireSome() {
        let chosen = Array(lent.prefix(1)) + [idle.min(), -1].compactMap { $0 }
        let closing = pool.expire(chosen)
        if Set(closing) != idle.intersection(chosen) { complaint = "closed others than were expired" }
        close(closing, all: false)
        expired.formUnion(lent.prefix(1))
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
