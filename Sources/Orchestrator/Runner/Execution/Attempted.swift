import Locking

/// The step that a transaction was about to commit, kept for the case that its answer is lost.
final class Attempted: Sendable {
    private let state = Lock<PreparedStep?>(nil)

    var prepared: PreparedStep? { state.withLock { $0 } }

    func set(_ prepared: PreparedStep) { state.withLock { $0 = prepared } }
}
