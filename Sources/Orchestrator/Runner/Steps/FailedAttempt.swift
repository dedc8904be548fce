/// An attempt that failed, with what it used.
struct FailedAttempt: Sendable {
    var attempt: Int
    var usage: NodeUsage?
}
