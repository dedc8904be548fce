/// A loan that is under way.
struct PoolLoan: Sendable {
    let site: CallSite
    let since: ContinuousClock.Instant
    var isReported = false
}

/// What the current task holds of which pool, so that a task that would wait for itself is told instead.
enum PoolLoans {
    @TaskLocal static var held: [ObjectIdentifier: [Int]] = [:]
}
