import Testing

@testable import PostgresWire

/// The pool's decisions under a clock that is moved by hand.
@Suite struct PoolMachineTests {
    private func machine(_ change: (inout PoolLimits) -> Void = { _ in }) -> PoolMachine {
        var limits = PoolLimits(maximumConnections: 2, maximumWaiters: 4)
        change(&limits)
        return PoolMachine(limits: limits)
    }

    /// A pool with `connections` of them lent, numbered from 10.
    private func lent(_ connections: Int, _ change: (inout PoolLimits) -> Void = { _ in }) -> PoolMachine {
        var pool = machine(change)
        for index in 0..<connections { _ = pool.acquire(waiter: index, now: .zero) }
        for index in 0..<pool.openingsNeeded(now: .zero) {
            _ = pool.opened(10 + index, lifetime: .seconds(100), now: .zero)
        }
        return pool
    }

    @Test func `the first caller waits and one connection is opened for it`() {
        var pool = machine()
        #expect(pool.acquire(waiter: 1, now: .zero) == .wait)
        #expect(pool.openingsNeeded(now: .zero) == 1)
        #expect(pool.openingsNeeded(now: .zero) == 0)
        #expect(pool.opened(10, lifetime: .seconds(9), now: .zero) == .lend(waiter: 1))
        #expect(pool.lentCount == 1)
    }

    @Test func `some connections are given up at once or when they come back`() {
        var pool = lent(2)
        #expect(pool.returned(10, now: .zero) == .keep)
        #expect(pool.expire([10, 11, 12]) == [10])
        #expect(pool.idleCount == 0)
        #expect(pool.lentCount == 1)
        #expect(pool.expire([11]) == [])
        #expect(pool.returned(11, now: .zero) == .close)
        #expect(pool.connectionCount == 0)
        #expect(pool.acquire(waiter: 3, now: .zero) == .wait)
        #expect(pool.openingsNeeded(now: .zero) == 1)
        #expect(pool.opened(13, lifetime: .seconds(9), now: .zero) == .lend(waiter: 3))
        #expect(pool.returned(13, now: .zero) == .keep)
    }

    @Test func `waiters are served in the order they came`() {
        var pool = lent(1) { $0.maximumConnections = 1 }
        #expect(pool.acquire(waiter: 2, now: .zero) == .wait)
        #expect(pool.acquire(waiter: 3, now: .zero) == .wait)
        #expect(pool.returned(10, now: .zero) == .lend(waiter: 2))
        #expect(pool.returned(10, now: .zero) == .lend(waiter: 3))
        #expect(pool.returned(10, now: .zero) == .keep)
    }

    @Test func `a waiter that gives up leaves its place to the next`() {
        var pool = lent(1) { $0.maximumConnections = 1 }
        _ = pool.acquire(waiter: 1, now: .zero)
        _ = pool.acquire(waiter: 2, now: .zero)
        let first = pool.gaveUp(1)
        let second = pool.gaveUp(1)
        #expect(first && !second)
        #expect(pool.returned(10, now: .zero) == .lend(waiter: 2))
        let served = pool.gaveUp(2)
        #expect(!served)
    }

    @Test func `the connection used last is lent first`() {
        var pool = lent(2)
        #expect(pool.returned(11, now: .zero) == .keep)
        #expect(pool.returned(10, now: .zero) == .keep)
        #expect(pool.acquire(waiter: 3, now: .zero) == .lend(connection: 10))
    }

    @Test func `one waiter more than allowed is refused`() {
        var pool = machine { $0.maximumWaiters = 2 }
        #expect(pool.acquire(waiter: 1, now: .zero) == .wait)
        #expect(pool.acquire(waiter: 2, now: .zero) == .wait)
        #expect(pool.acquire(waiter: 3, now: .zero) == .refuse(.tooManyWaiters))
    }

    @Test func `a connection that ends makes room for another`() {
        var pool = lent(1) { $0.maximumConnections = 1 }
        _ = pool.acquire(waiter: 2, now: .zero)
        #expect(pool.openingsNeeded(now: .zero) == 0)
        pool.ended(10)
        #expect(pool.openingsNeeded(now: .zero) == 1)
    }

    @Test func `a closed pool lends nothing and closes what comes back`() {
        var pool = lent(2)
        _ = pool.returned(10, now: .zero)
        #expect(pool.close() == [10])
        #expect(pool.acquire(waiter: 3, now: .zero) == .refuse(.closed))
        #expect(pool.returned(11, now: .zero) == .close)
        #expect(pool.connectionCount == 0)
    }

    @Test func `unused connections are closed down to the minimum`() {
        var pool = lent(2) {
            $0.idleTimeout = .seconds(10)
            $0.minimumConnections = 1
        }
        _ = pool.returned(10, now: .seconds(1))
        _ = pool.returned(11, now: .seconds(2))
        #expect(pool.prune(now: .seconds(10)) == [])
        #expect(pool.prune(now: .seconds(11)) == [10])
        #expect(pool.prune(now: .seconds(12)) == [])
        #expect(pool.idleCount == 1)
    }

    @Test func `a connection past its lifetime is closed when it comes back and never while lent`() {
        var pool = lent(1)
        #expect(pool.prune(now: .seconds(100)) == [])
        #expect(pool.returned(10, now: .seconds(99)) == .keep)
        #expect(pool.acquire(waiter: 5, now: .seconds(99)) == .lend(connection: 10))
        #expect(pool.returned(10, now: .seconds(100)) == .close)
    }

    @Test func `expiring closes idle connections at once and lent ones on their return`() {
        var pool = lent(2)
        _ = pool.returned(10, now: .zero)
        #expect(pool.expireAll() == [10])
        #expect(pool.returned(11, now: .zero) == .close)
        #expect(pool.acquire(waiter: 7, now: .zero) == .wait)
        #expect(pool.openingsNeeded(now: .zero) == 1)
    }

    @Test func `a task that would wait for itself is refused`() {
        var pool = lent(2)
        #expect(pool.acquire(waiter: 5, holding: [10], now: .zero) == .wait)
        #expect(pool.acquire(waiter: 6, holding: [11], now: .zero) == .refuse(.deadlock))
    }

    @Test func `a nested loan may wait while another holder can still give back`() {
        var pool = lent(2)
        #expect(pool.acquire(waiter: 5, holding: [10], now: .zero) == .wait)
        #expect(pool.returned(11, now: .zero) == .lend(waiter: 5))
        #expect(pool.acquire(waiter: 6, holding: [10, 11], now: .zero) == .refuse(.deadlock))
    }

    @Test func `after failures the pool pauses and tries with one connection`() {
        var pool = machine { $0.breakerThreshold = 2 }
        for waiter in 1...3 { _ = pool.acquire(waiter: waiter, now: .zero) }
        #expect(pool.openingsNeeded(now: .zero) == 2)
        pool.openingFailed(pause: .seconds(1), now: .zero)
        pool.openingFailed(pause: .seconds(1), now: .zero)
        #expect(pool.openingsNeeded(now: .milliseconds(999)) == 0)
        #expect(pool.openingsNeeded(now: .seconds(1)) == 1)
    }

    @Test func `an open breaker refuses callers until the next attempt is due`() {
        var pool = machine { $0.breakerThreshold = 1 }
        _ = pool.acquire(waiter: 1, now: .zero)
        _ = pool.openingsNeeded(now: .zero)
        pool.openingFailed(pause: .seconds(1), now: .zero)
        #expect(pool.acquire(waiter: 2, now: .milliseconds(500)) == .refuse(.breakerOpen))
        #expect(pool.acquire(waiter: 3, now: .seconds(1)) == .wait)
    }

    @Test func `random schedules lose no connection, lend none twice and keep the order`() {
        for seed in 0..<PoolWorld.schedules {
            var world = PoolWorld(seed: UInt64(seed))
            for _ in 0..<50 { world.step() }
            if let complaint = world.complaint {
                Issue.record("seed \(seed): \(complaint)")
                return
            }
        }
    }
}
