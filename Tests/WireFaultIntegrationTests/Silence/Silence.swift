import PostgresWire
import TestSupport

/// Deadlines under silence, and what is checked of each.
enum Silence {
    /// The deadline that has to fire.
    static let deadline = Duration.milliseconds(500)
    /// How late it may be.
    static let lateness = Duration.milliseconds(200)

    /// Runs a call whose deadline has to pass, and returns what is wrong with the outcome; nil if nothing is.
    ///
    /// A call that comes too late is made once more, since a busy machine can be slow once.
    static func fault(
        _ matrix: FaultMatrix, _ name: String, effect: PostgresError.Effect,
        _ call: () async throws -> Outcome
    ) async throws -> String? {
        var outcome = try await call()
        if outcome.time > deadline + lateness { outcome = try await call() }
        matrix.note(name, outcome.text, outcome.time)
        if outcome.time > deadline + lateness { return "\(name): took \(outcome.time)" }
        // A cancel request is sent at the deadline, never before.
        if outcome.time < deadline - .milliseconds(10) { return "\(name): took only \(outcome.time)" }
        guard let error = outcome.error else { return "\(name): \(outcome.text)" }
        guard error.code == .timedOut, error.effect == effect else { return "\(name): \(outcome.text): \(error)" }
        return nil
    }
}
