public import FoundationEssentials
public import JSONModel
package import StoreContracts

/// Where a run comes from; kept apart from the state, so replay does not see it.
public struct RunLineage: Hashable, Sendable {
    /// How the run came to be.
    public var kind: RunKind
    /// The run that this one was forked from or started by.
    public var parentRunID: UUID?
    /// The last event of the parent that the fork shares.
    public var forkSequenceID: Int?
    /// The changes that the fork made, in order.
    public var forkMutations: [JSONValue]?
    /// Ties several forks of one experiment together.
    public var forkGroupID: UUID?

    /// Creates a lineage.
    public init(
        kind: RunKind = .primary, parentRunID: UUID? = nil, forkSequenceID: Int? = nil,
        forkMutations: [JSONValue]? = nil, forkGroupID: UUID? = nil
    ) {
        self.kind = kind
        self.parentRunID = parentRunID
        self.forkSequenceID = forkSequenceID
        self.forkMutations = forkMutations
        self.forkGroupID = forkGroupID
    }

    /// Refuses a run that is its own parent.
    ///
    /// - Throws: `invalidArgument`.
    package func validate(for run: UUID) throws(StoreError) {
        guard parentRunID != run else {
            throw StoreError(.invalidArgument(name: "parent_run_id"), cause: "a run cannot be its own parent")
        }
    }
}
