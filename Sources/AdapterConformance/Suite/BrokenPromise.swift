/// Says in what way an adapter did not do what it promised.
struct BrokenPromise: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// A promise of a contract that the subject has no adapter of.
struct MissingAdapter: Error {
    let contract: Contract
}
