/// One sentence about what an adapter does, and the check that finds out whether it is true.
public struct Promise: Sendable {
    /// A stable name: the letters of the contract and three digits, as `WQ017`.
    public let id: String
    /// The contract that makes the promise.
    public let contract: Contract
    /// What is promised, in one sentence.
    public let text: String
    /// What the adapter must have for the promise to make sense; without it the promise is skipped.
    public let needs: Set<Capability>
    let check: @Sendable (PromiseWorld) async throws -> Void

    init(
        _ id: String, _ text: String, needs: Set<Capability> = [],
        _ check: @escaping @Sendable (PromiseWorld) async throws -> Void
    ) {
        self.id = id
        contract = Contract.allCases.first { id.hasPrefix($0.letters) } ?? .persistenceProvider
        self.text = text
        self.needs = needs
        self.check = check
    }
}

extension Promise: CustomStringConvertible {
    /// The id and the sentence.
    public var description: String { "\(id) \(text)" }
}
