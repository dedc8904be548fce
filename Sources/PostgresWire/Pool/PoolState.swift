/// What a pool guards with its lock: the machine's decisions and the things its numbers stand for.
struct PoolState {
    var machine: PoolMachine
    var connections: [Int: PostgresConnection] = [:]
    var loans: [Int: PoolLoan] = [:]
    var idleSince: [Int: ContinuousClock.Instant] = [:]
    var waiters: [Int: PoolWaiter] = [:]
    var counters = PoolStatistics()
    var lastNumber = 0
    /// Why the last opening failed; part of the error of a caller that waited in vain.
    var openError: PostgresError?
    var isTimerSet = false
    var isMaintained = false
    var isBreakerOpen = false
    /// What observers were told last.
    var toldCounts = ClientEvent.PoolCounts()
    /// What observers are told once the lock is released.
    var events: [ClientEvent] = []

    init(limits: PoolLimits) { machine = PoolMachine(limits: limits) }

    mutating func nextNumber() -> Int {
        lastNumber += 1
        return lastNumber
    }

    /// The counters with what is there now.
    var statistics: PoolStatistics {
        var statistics = counters
        statistics.connections = machine.connectionCount
        statistics.idle = machine.idleCount
        statistics.lent = machine.lentCount
        statistics.opening = machine.opening
        statistics.waiting = machine.waiterCount
        return statistics
    }
}
