/// A moment on the monotonic clock by which a blocking step must be done.
struct Deadline: Sendable {
    private let instant: ContinuousClock.Instant

    init(after duration: Duration) { instant = .now.advanced(by: duration) }

    private init(_ instant: ContinuousClock.Instant) { self.instant = instant }

    /// The moment by which the first of `count` equal attempts should be done.
    func share(of count: Int) -> Deadline {
        guard count > 1 else { return self }
        return Deadline(min(instant, .now.advanced(by: .microseconds(microsecondsLeft / Int64(count)))))
    }

    /// This moment, or the one after `duration` if it is earlier.
    func atMost(_ duration: Duration) -> Deadline { Deadline(min(instant, .now.advanced(by: duration))) }

    /// What is left, in microseconds; 0 if the moment has passed.
    var microsecondsLeft: Int64 {
        let left = ContinuousClock.Instant.now.duration(to: instant).components
        guard left.seconds >= 0, left.attoseconds >= 0 else { return 0 }
        return min(left.seconds, 1_000_000) * 1_000_000 + left.attoseconds / 1_000_000_000_000
    }
}
