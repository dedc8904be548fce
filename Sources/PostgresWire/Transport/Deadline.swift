/// A moment on the monotonic clock by which a blocking step must be done.
struct Deadline: Sendable {
    private let instant: ContinuousClock.Instant

    init(after duration: Duration) { instant = .now.advanced(by: duration) }

    /// What is left, in microseconds; 0 if the moment has passed.
    var microsecondsLeft: Int64 {
        let left = ContinuousClock.Instant.now.duration(to: instant).components
        guard left.seconds >= 0, left.attoseconds >= 0 else { return 0 }
        return min(left.seconds, 1_000_000) * 1_000_000 + left.attoseconds / 1_000_000_000_000
    }
}
