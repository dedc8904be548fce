import PostgresWire
import TestSupport

/// Deadlines under silence, and what is checked of each.
enum Silence {
    /// The deadline that has to fire.
    static let deadline = Duration.milliseconds(500)
    /// How late it may be.
    static let lateness = Duration.milliseconds(200)

    /// Makes a call and says how long it may take at most, given how late this machine's own timers are meanwhile.
    private static func measure(
        _ call: () async throws -> Outcome
    ) async throws -> (outcome: Outcome, limit: Duration) {
        let outcome = try await call()
        return (outcome, deadline + lateness + outcome.lag * 2)
    }

    /// Runs a call whose deadline has to pass, and returns what is wrong with the outcome; nil if nothing is.
    ///
    /// A call that comes too late is made once more, since a busy machine can be slow once.
    static func fault(
        _ matrix: FaultMatrix, _ name: String, effect: PostgresError.Effect,
        _ call: () async throws -> Outcome
    ) async throws -> String? {
        var (outcome, limit) = try await measure(call)
        if outcome.time > limit { (outcome, limit) = try await measure(call) }
        matrix.note(name, outcome.text, outcome.time)
        if outcome.time > limit { return "\(name): took \(outcome.time), at most \(limit) are allowed" }
        // A cancel request is sent at the deadline, never before.
        if outcome.time < deadline - .milliseconds(10) { return "\(name): took only \(outcome.time)" }
        guard let error = outcome.error else { return "\(name): \(outcome.text)" }
        guard error.code == .timedOut, error.effect == effect else {
            return "\(name): \(outcome.text): \(error)"
        }
        return nil
    }
}
