public import FoundationEssentials
import StoreContracts

/// What to retrieve; the first of entities, vector and tags that is given decides the way.
public struct MemoryQuery: Hashable, Sendable {
    /// Begin at these entities and follow edges.
    public var entityIDs: [UUID] = []
    /// Begin at what is near this vector.
    public var embedding: [Float]?
    /// Only facts with one of these tags; the way itself if nothing else is given.
    public var tags: [String] = []
    /// Only entities of these kinds, on the way by entities; empty: every kind.
    public var entityTypes: [String] = []
    /// Only edges of these kinds are followed; empty: every kind.
    public var relationTypes: [String] = []
    /// How many edges away from the entities to go, 0 to 5.
    public var maxHops = 2
    /// Only what holds at this instant.
    public var validAt: Date?
    /// Only facts that began or ended to hold after this instant.
    public var changedSince: Date?
    /// The greatest number of records of each kind, 1 to 100.
    public var limit = 20
    /// The least score of a direct hit, 0 to 1.
    public var minSimilarity = 0.5
    /// Also what was made void.
    public var includeInvalidated = false

    /// Asks for nothing.
    public init() {}

    /// Begins at entities.
    public init(entityIDs: [UUID]) { self.entityIDs = entityIDs }

    /// Begins at what is near a vector.
    public init(embedding: [Float]) { self.embedding = embedding }

    /// Begins at tags.
    public init(tags: [String]) { self.tags = tags }

    func validate() throws(StoreError) {
        guard (0...5).contains(maxHops) else {
            throw StoreError(.invalidArgument(name: "maxHops"), cause: "it does not lie in 0...5")
        }
        guard (1...100).contains(limit) else {
            throw StoreError(.invalidArgument(name: "limit"), cause: "it does not lie in 1...100")
        }
        guard (0...1).contains(minSimilarity) else {
            throw StoreError(.invalidArgument(name: "minSimilarity"), cause: "it does not lie in 0...1")
        }
    }

    /// The conditions on facts.
    var factFilter: FactFilter {
        FactFilter(
            tags: tags, excludeTags: tags.contains(MemoryTag.quarantined) ? [] : [MemoryTag.quarantined],
            validAt: validAt, changedSince: changedSince, includeInvalidated: includeInvalidated,
            includesEmbeddings: false)
    }
}

/// What was retrieved.
public struct MemoryResult: Hashable, Sendable {
    /// The themes.
    public var themes: [Theme] = []
    /// The facts, without their vectors.
    public var facts: [SemanticFact] = []
    /// The episodes that the facts were taken from.
    public var episodes: [Episode] = []
    /// The entities.
    public var entities: [Entity] = []
    /// The edges between the entities.
    public var relationships: [Relationship] = []
    /// The scores of facts on the way by a vector; nil on every other.
    ///
    /// A fact without a vector has none.
    public var scores: [UUID: Double]?

    /// Starts from nothing.
    public init() {}
}
