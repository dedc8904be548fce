public import FoundationEssentials

/// Which entities to list.
public struct EntityFilter: Hashable, Sendable {
    /// Only this kind; nil or empty: every kind.
    public var entityType: String?
    /// Also entities that were given up.
    public var includeInvalidated: Bool

    /// Admits every entity that holds, unless narrowed.
    public init(entityType: String? = nil, includeInvalidated: Bool = false) {
        self.entityType = entityType
        self.includeInvalidated = includeInvalidated
    }
}

/// Which edges of an entity to list.
public struct RelationshipFilter: Hashable, Sendable {
    /// At which end of the edge the entity stands.
    public enum Direction: String, Hashable, Sendable, CaseIterable {
        case outgoing
        case incoming
        case both
    }

    /// At which end of the edge the entity stands.
    public var direction: Direction
    /// Only these kinds; empty: every kind.
    public var relationTypes: [String]
    /// Only edges that hold at this instant.
    public var validAt: Date?
    /// Also edges that were made void.
    public var includeInvalidated: Bool

    /// Admits every edge that is not void, unless narrowed.
    public init(
        direction: Direction = .both, relationTypes: [String] = [], validAt: Date? = nil,
        includeInvalidated: Bool = false
    ) {
        self.direction = direction
        self.relationTypes = relationTypes
        self.validAt = validAt
        self.includeInvalidated = includeInvalidated
    }
}

/// Which facts to list; all conditions must hold.
public struct FactFilter: Hashable, Sendable {
    /// Only facts of this theme.
    public var themeID: UUID?
    /// Only facts about one of these stored entities; nil: about anything.
    ///
    /// An empty list admits nothing.
    public var entityIDs: [UUID]?
    /// Only facts with one of these tags; empty: any.
    public var tags: [String]
    /// Only facts with all of these tags.
    public var requiredTags: [String]
    /// Only facts with none of these tags.
    public var excludeTags: [String]
    /// Only facts that hold at this instant.
    public var validAt: Date?
    /// Only facts that began or ended to hold after this instant.
    public var changedSince: Date?
    /// Also facts that were made void.
    public var includeInvalidated: Bool
    /// Whether the facts come with their vectors, which are most of their bytes.
    public var includesEmbeddings: Bool

    /// Admits every fact that is not void, unless narrowed.
    public init(
        themeID: UUID? = nil, entityIDs: [UUID]? = nil, tags: [String] = [], requiredTags: [String] = [],
        excludeTags: [String] = [], validAt: Date? = nil, changedSince: Date? = nil,
        includeInvalidated: Bool = false, includesEmbeddings: Bool = true
    ) {
        self.themeID = themeID
        self.entityIDs = entityIDs
        self.tags = tags
        self.requiredTags = requiredTags
        self.excludeTags = excludeTags
        self.validAt = validAt
        self.changedSince = changedSince
        self.includeInvalidated = includeInvalidated
        self.includesEmbeddings = includesEmbeddings
    }

    /// Whether a fact passes, `entityIDs` left out: these are about what is stored.
    package func admits(_ fact: SemanticFact) -> Bool {
        if let themeID, fact.themeID != themeID { return false }
        let own = Set(fact.tags)
        if !tags.isEmpty, own.isDisjoint(with: tags) { return false }
        if !own.isSuperset(of: requiredTags) || !own.isDisjoint(with: excludeTags) { return false }
        return TemporalFilter(
            validAt: validAt, changedSince: changedSince, includeInvalidated: includeInvalidated
        ).admits(fact)
    }
}
