import AgentMemory
import FoundationEssentials
import StoreContracts

/// A store of records with one bug.
struct MutantMemory: MemoryStore {
    enum Bug: String, CaseIterable {
        case forgetsTags, keepsTagsOfReplacedFact, showsVoidFacts, oldestFirst, dropsEmbedding
        case leavesEdges, leavesEntityInFacts, countsTouchesTwice, findsEveryTag, ignoresExcludedTags
        case closedInterval, promotesWithoutTag, evictsForgotten, sharesTenants, ignoresCursor
    }

    let bug: Bug
    let inner: any MemoryStore
    let seed: any MemoryStore
    private var target: any MemoryStore { bug == .sharesTenants ? seed : inner }

    func putEntities(_ entities: [Entity]) async throws(StoreError) { try await target.putEntities(entities) }
    func getEntities(_ ids: [UUID]) async throws(StoreError) -> [UUID: Entity] {
        try await target.getEntities(ids)
    }
    func findEntities(_ filter: EntityFilter, _ page: Page) async throws(StoreError) -> [Entity] {
        try await target.findEntities(filter, page)
    }
    func deleteEntity(id: UUID) async throws(StoreError) -> Bool {
        let edges = bug == .leavesEdges ? try await inner.getRelationshipsForEntity(id) : []
        let facts =
            bug == .leavesEntityInFacts ? try await inner.findFacts(FactFilter(entityIDs: [id])) : []
        let entity = try await inner.getEntity(id: id)
        let isDeleted = try await target.deleteEntity(id: id)
        if let entity, !edges.isEmpty {
            try await inner.putEntity(entity)
            try await inner.putRelationships(edges)
        }
        try await inner.putFacts(facts)
        return isDeleted
    }
    func putRelationships(_ relationships: [Relationship]) async throws(StoreError) {
        try await target.putRelationships(relationships)
    }
    func getRelationships(_ ids: [UUID]) async throws(StoreError) -> [UUID: Relationship] {
        try await target.getRelationships(ids)
    }
    func relationships(
        forEntities ids: [UUID], _ filter: RelationshipFilter
    ) async throws(StoreError) -> [Relationship] {
        try await target.relationships(forEntities: ids, filter)
    }
    func deleteRelationship(id: UUID) async throws(StoreError) -> Bool {
        try await target.deleteRelationship(id: id)
    }
    func putEpisodes(_ episodes: [Episode]) async throws(StoreError) {
        try await target.putEpisodes(episodes)
    }
    func getEpisodes(_ ids: [UUID]) async throws(StoreError) -> [UUID: Episode] {
        try await target.getEpisodes(ids)
    }
    func listEpisodes(_ page: Page) async throws(StoreError) -> [Episode] {
        try await target.listEpisodes(page)
    }
    func deleteEpisode(id: UUID) async throws(StoreError) -> Bool { try await target.deleteEpisode(id: id) }

    func putFacts(_ facts: [SemanticFact]) async throws(StoreError) {
        var facts = facts
        for index in facts.indices {
            if bug == .forgetsTags { facts[index].tags = [] }
            if bug == .dropsEmbedding { facts[index].embedding = nil }
            if bug == .keepsTagsOfReplacedFact, let old = try await inner.getFact(id: facts[index].id) {
                facts[index].tags = old.tags
            }
        }
        try await target.putFacts(facts)
    }
    func getFacts(_ ids: [UUID]) async throws(StoreError) -> [UUID: SemanticFact] {
        try await target.getFacts(ids)
    }
    func findFacts(_ filter: FactFilter, _ page: Page) async throws(StoreError) -> [SemanticFact] {
        var filter = filter
        var page = page
        if bug == .showsVoidFacts { filter.includeInvalidated = true }
        if bug == .findsEveryTag { filter.tags = [] }
        if bug == .ignoresExcludedTags { filter.excludeTags = [] }
        if bug == .closedInterval { filter.validAt?.addTimeInterval(-1) }
        if bug == .ignoresCursor, case .after = page.start { page = try Page(limit: min(page.limit, 0)) }
        let facts = try await target.findFacts(filter, page)
        return bug == .oldestFirst ? facts.reversed() : facts
    }
    func deleteFact(id: UUID) async throws(StoreError) -> Bool { try await target.deleteFact(id: id) }
    func touchFacts(_ ids: [UUID], at instant: Date?) async throws(StoreError) {
        try await target.touchFacts(ids, at: instant)
        if bug == .countsTouchesTwice { try await target.touchFacts(ids, at: instant) }
    }
    func putThemes(_ themes: [Theme]) async throws(StoreError) { try await target.putThemes(themes) }
    func getThemes(_ ids: [UUID]) async throws(StoreError) -> [UUID: Theme] {
        try await target.getThemes(ids)
    }
    func listThemes(_ page: Page) async throws(StoreError) -> [Theme] { try await target.listThemes(page) }
    func deleteTheme(id: UUID) async throws(StoreError) -> Bool { try await target.deleteTheme(id: id) }

    func applyRetention(
        _ report: RetentionReport, candidateTag: String, verifiedTag: String
    ) async throws(StoreError) {
        var report = report
        if bug == .evictsForgotten { report.evicted = [] }
        let tag = bug == .promotesWithoutTag ? candidateTag : verifiedTag
        try await target.applyRetention(report, candidateTag: candidateTag, verifiedTag: tag)
    }
    func counts() async throws(StoreError) -> MemoryCounts { try await target.counts() }
    func clear() async throws(StoreError) { try await target.clear() }
}
