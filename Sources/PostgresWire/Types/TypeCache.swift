internal import Locking
internal import PostgresCodecs

/// What is known of the types of one database: shared by the connections of a pool.
final class TypeCache: Sendable {
    private struct State {
        var numbers: [String: UInt32] = [:]
        var descriptions: [PostgresOID: PostgresTypeDescription] = [:]
        var generation = 0
    }

    private let state = Lock(State())

    /// The number of a type by its name as it was written; nil if it has not been asked for.
    func number(of name: String) -> UInt32? { state.withLock { $0.numbers[name] } }

    /// The descriptions that are known among these.
    func descriptions(of types: some Sequence<PostgresOID>) -> [PostgresOID: PostgresTypeDescription] {
        state.withLock { state in
            var found: [PostgresOID: PostgresTypeDescription] = [:]
            for type in types { found[type] = state.descriptions[type] }
            return found
        }
    }

    /// How often everything has been forgotten; what was asked before is not to be remembered after.
    var generation: Int { state.withLock { $0.generation } }

    func remember(numbers: [String: UInt32], generation: Int) {
        state.withLock { state in
            guard state.generation == generation else { return }
            state.numbers.merge(numbers) { _, new in new }
        }
    }

    func remember(descriptions: [PostgresOID: PostgresTypeDescription], generation: Int) {
        state.withLock { state in
            guard state.generation == generation else { return }
            state.descriptions.merge(descriptions) { _, new in new }
        }
    }

    /// Forgets everything: a type has changed.
    func forget() {
        state.withLock { state in
            state.numbers = [:]
            state.descriptions = [:]
            state.generation += 1
        }
    }
}
