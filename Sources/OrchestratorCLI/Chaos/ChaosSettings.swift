#if CLI
/// What chaos is to be made, and the times that make it quick.
struct ChaosSettings: Sendable {
    var mode: ChaosMode
    var points: Int
    var runs: Int
    var seed: UInt64

    /// How many worker processes there are at a time.
    static let workers = 4
    /// How many runs a worker works on at once.
    static let concurrency = 2
    static let visibilityTimeout = Duration.milliseconds(1_500)
    static let reclaimInterval = Duration.milliseconds(200)
    static let pollInterval = Duration.milliseconds(100)
    /// After how many events a log is compacted: a run has about 70.
    static let compactionInterval = 16
    static let maxAttempts = 1_000
    /// How long a worker may live before the driver kills it, since the point of its plan was not passed.
    static let patienceWithPlan = Duration.seconds(12)
    /// One of so many harms to the server ends all of it, where it may.
    static let crashEvery = 8
    /// How long nothing may happen before chaos gives up.
    static let patience = Duration.seconds(120)
    /// The greatest time until another worker has a run of one that was killed.
    static let takeoverLimit = 1.5 + 0.2 + 2
}
#endif
