public import FoundationEssentials
public import StoreContracts

extension MemoryStore {
    /// Stores one entity.
    public func putEntity(_ entity: Entity) async throws(StoreError) { try await putEntities([entity]) }
    /// The entity; nil if there is none.
    public func getEntity(id: UUID) async throws(StoreError) -> Entity? { try await getEntities([id])[id] }
    /// The first entities that pass.
    public func findEntities(_ filter: EntityFilter = EntityFilter()) async throws(StoreError) -> [Entity] {
        try await findEntities(filter, .first)
    }

    /// Stores one edge.
    public func putRelationship(_ relationship: Relationship) async throws(StoreError) {
        try await putRelationships([relationship])
    }
    /// The edge; nil if there is none.
    public func getRelationship(id: UUID) async throws(StoreError) -> Relationship? {
        try await getRelationships([id])[id]
    }
    /// The edges of one entity.
    public func getRelationshipsForEntity(
        _ id: UUID, _ filter: RelationshipFilter = RelationshipFilter()
    ) async throws(StoreError) -> [Relationship] {
        try await relationships(forEntities: [id], filter)
    }

    /// Stores one episode.
    public func putEpisode(_ episode: Episode) async throws(StoreError) { try await putEpisodes([episode]) }
    /// The episode; nil if there is none.
    public func getEpisode(id: UUID) async throws(StoreError) -> Episode? { try await getEpisodes([id])[id] }
    /// The newest episodes.
    public func listEpisodes() async throws(StoreError) -> [Episode] { try await listEpisodes(.first) }

    /// Stores one fact.
    public func putFact(_ fact: SemanticFact) async throws(StoreError) { try await putFacts([fact]) }
    /// The fact; nil if there is none.
    public func getFact(id: UUID) async throws(StoreError) -> SemanticFact? { try await getFacts([id])[id] }
    /// The newest facts that pass.
    public func findFacts(
        _ filter: FactFilter = FactFilter()
    ) async throws(StoreError) -> [SemanticFact] {
        try await findFacts(filter, .first)
    }
    /// Counts one more access of each fact, now.
    public func touchFacts(_ ids: [UUID]) async throws(StoreError) { try await touchFacts(ids, at: nil) }

    /// Stores one theme.
    public func putTheme(_ theme: Theme) async throws(StoreError) { try await putThemes([theme]) }
    /// The theme; nil if there is none.
    public func getTheme(id: UUID) async throws(StoreError) -> Theme? { try await getThemes([id])[id] }
    /// All themes.
    ///
    /// - Throws: what `listThemes(_:)` throws.
    public func listThemes() async throws(StoreError) -> [Theme] {
        try await listThemes(Page(limit: Int(Int32.max)))
    }
}
