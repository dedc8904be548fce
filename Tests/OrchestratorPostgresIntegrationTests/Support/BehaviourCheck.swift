import Testing

/// One promised behaviour, checked on whatever adapters it is given.
struct BehaviourCheck: Sendable, CustomTestStringConvertible {
    /// The id of the behaviour in the contract.
    let id: String
    /// What is promised.
    let sentence: String
    /// Fails expectations where the promise is not kept.
    let run: @Sendable (Backend) async throws -> Void

    init(_ id: String, _ sentence: String, _ run: @escaping @Sendable (Backend) async throws -> Void) {
        self.id = id
        self.sentence = sentence
        self.run = run
    }

    var testDescription: String { "\(id) \(sentence)" }
}
