extension Duration {
    /// This wait, not negative and not above `limit`.
    func clampedToBackoff(_ limit: Duration) -> Duration {
        max(.zero, min(self, limit))
    }

    /// This wait `factor` times, cut before it could overflow.
    func multipliedForBackoff(by factor: Double) -> Duration {
        let milliseconds = wireMilliseconds * factor
        guard milliseconds.magnitude < 1e15 else { return .seconds(milliseconds < 0 ? -1e12 : 1e12) }
        return .milliseconds(Int64(milliseconds))
    }

    /// This wait, doubled `times` times, not above `limit`.
    package func doubled(times: Int, upTo limit: Duration) -> Duration {
        var wait = clampedToBackoff(limit)
        var remaining = times
        while remaining > 0, wait > .zero, wait < limit {
            wait = wait * 2
            remaining -= 1
        }
        return wait.clampedToBackoff(limit)
    }
}
