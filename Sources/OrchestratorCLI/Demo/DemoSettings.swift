#if CLI
/// What a demo is to do, and the times that make it quick.
struct DemoSettings: Sendable {
    var runs: Int
    var workers: Int
    var kills: Bool
    var keeps: Bool

    /// How many runs a worker process works on at once.
    static let concurrency = 2
    /// How long a claim lasts without a heartbeat: the time until a killed worker's runs are taken over.
    static let visibilityTimeout = Duration.seconds(2)
    /// How often workers look for expired claims.
    static let reclaimInterval = Duration.milliseconds(500)
    /// How long an idle worker waits between two claims.
    static let pollInterval = Duration.milliseconds(250)
    /// How many claims of a run may be lost before it is given up.
    static let maxAttempts = 1_000
    /// How long nothing may happen before the demo gives up.
    static let patience = Duration.seconds(120)
}
#endif
