public import FoundationEssentials
public import StoreContracts

/// Keeps the records of an agent's memory: entities and their edges, episodes, facts, themes.
///
/// Every call is atomic and belongs to one tenant. A put replaces the whole record with its id, and repeating it
/// changes nothing; of records with one id in a call the last counts. Lists have a total order:
/// facts by `validFrom` descending, episodes by `startedAt` descending, entities by `createdAt`, edges by `validFrom`,
/// themes by id; ties by id ascending.
public protocol MemoryStore: Sendable {
    /// Stores entities; one that is replaced keeps its `createdAt`.
    ///
    /// - Throws: `invalidArgument`, `dimensionMismatch`, `tenantConflict`.
    func putEntities(_ entities: [Entity]) async throws(StoreError)
    /// The entities with these ids, given up ones included; unknown ids are left out.
    func getEntities(_ ids: [UUID]) async throws(StoreError) -> [UUID: Entity]
    /// A part of the entities that pass.
    func findEntities(_ filter: EntityFilter, _ page: Page) async throws(StoreError) -> [Entity]
    /// Removes an entity, its edges, and its id from the facts about it; false if there is none.
    func deleteEntity(id: UUID) async throws(StoreError) -> Bool

    /// Stores edges, whose ends must be stored.
    ///
    /// - Throws: `invalidArgument`, `missingRecord`, `tenantConflict`.
    func putRelationships(_ relationships: [Relationship]) async throws(StoreError)
    /// The edges with these ids; unknown ids are left out.
    func getRelationships(_ ids: [UUID]) async throws(StoreError) -> [UUID: Relationship]
    /// The edges at any of these entities that pass, each once.
    func relationships(
        forEntities ids: [UUID], _ filter: RelationshipFilter
    ) async throws(StoreError) -> [Relationship]
    /// Removes an edge; false if there is none.
    func deleteRelationship(id: UUID) async throws(StoreError) -> Bool

    /// Stores episodes.
    ///
    /// - Throws: `invalidArgument`, `dimensionMismatch`, `tenantConflict`.
    func putEpisodes(_ episodes: [Episode]) async throws(StoreError)
    /// The episodes with these ids; unknown ids are left out.
    func getEpisodes(_ ids: [UUID]) async throws(StoreError) -> [UUID: Episode]
    /// A part of the episodes, newest first.
    func listEpisodes(_ page: Page) async throws(StoreError) -> [Episode]
    /// Removes an episode; false if there is none.
    func deleteEpisode(id: UUID) async throws(StoreError) -> Bool

    /// Stores facts; the theme of a fact must be stored, its entities need not be.
    ///
    /// - Throws: `invalidArgument`, `dimensionMismatch`, `missingRecord`, `tenantConflict`.
    func putFacts(_ facts: [SemanticFact]) async throws(StoreError)
    /// The facts with these ids, void ones included; unknown ids are left out.
    func getFacts(_ ids: [UUID]) async throws(StoreError) -> [UUID: SemanticFact]
    /// A part of the facts that pass, newest first.
    func findFacts(_ filter: FactFilter, _ page: Page) async throws(StoreError) -> [SemanticFact]
    /// Removes a fact; false if there is none.
    func deleteFact(id: UUID) async throws(StoreError) -> Bool
    /// Counts one more access of each fact, once for a repeated id; unknown ids are ignored.
    ///
    /// - Parameters:
    ///   - ids: The facts.
    ///   - instant: When it was; nil: now by the store's clock.
    /// - Throws: what the store's connection throws.
    func touchFacts(_ ids: [UUID], at instant: Date?) async throws(StoreError)

    /// Stores themes.
    ///
    /// - Throws: `invalidArgument`, `dimensionMismatch`, `tenantConflict`.
    func putThemes(_ themes: [Theme]) async throws(StoreError)
    /// The themes with these ids; unknown ids are left out.
    func getThemes(_ ids: [UUID]) async throws(StoreError) -> [UUID: Theme]
    /// A part of the themes.
    func listThemes(_ page: Page) async throws(StoreError) -> [Theme]
    /// Removes a theme and takes it from its facts; false if there is none.
    func deleteTheme(id: UUID) async throws(StoreError) -> Bool

    /// Writes the decisions of a pass of the retention gate and their rows in the decision log: all or nothing.
    ///
    /// Promoted facts lose `candidateTag` and get `verifiedTag`, evicted ones become void with the reason. Only these
    /// columns are written, and only of facts that still are live candidates; the rest of a fact is as others left it.
    func applyRetention(
        _ report: RetentionReport, candidateTag: String, verifiedTag: String
    ) async throws(StoreError)

    /// How many records there are.
    func counts() async throws(StoreError) -> MemoryCounts
    /// Removes all memory records of the tenant; outcomes and decisions stay.
    func clear() async throws(StoreError)
}
