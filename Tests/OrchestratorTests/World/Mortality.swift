import Locking
import Orchestrator
import StoreContracts

/// When a process dies: at a call to its store, before the call has an effect or after.
final class Mortality: Sendable {
    private struct State {
        var callsLeft: Int
        var isDead = false
    }

    /// What every call of a dead process throws.
    static let death = StoreError(.other, effect: .unknown, cause: "the process is dead")

    private let state: Lock<State>
    private let diesAfterEffect: Bool

    init(callsLeft: Int, diesAfterEffect: Bool) {
        state = Lock(State(callsLeft: callsLeft))
        self.diesAfterEffect = diesAfterEffect
    }

    var isDead: Bool { state.withLock { $0.isDead } }

    /// Performs a call, unless the process is dead or dies.
    func call<Value>(
        _ body: () async throws(StoreError) -> Value
    ) async throws(StoreError) -> Value {
        let (wasDead, dies) = state.withLock { state in
            state.callsLeft -= 1
            let wasDead = state.isDead
            state.isDead = wasDead || state.callsLeft <= 0
            return (wasDead, state.isDead)
        }
        if wasDead || (dies && !diesAfterEffect) { throw Self.death }
        let value = try await body()
        if dies { throw Self.death }
        return value
    }
}
