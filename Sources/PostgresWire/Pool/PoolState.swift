/// What a pool guards with its lock: the machine's decisions and the things its numbers stand for.
struct PoolState {
    var machine: PoolMachine
    var connections: [Int: PostgresConnection] = [:]
    var idleSince: [Int: ContinuousClock.Instant] = [:]
    var waiters: [Int: PoolWaiter] = [:]
    var lastNumber = 0
    /// Why the last opening failed; part of the error of a caller that waited in vain.
    var openError: PostgresError?
    var failuresInARow = 0
    var isTimerSet = false

    mutating func nextNumber() -> Int {
        lastNumber += 1
        return lastNumber
    }
}
