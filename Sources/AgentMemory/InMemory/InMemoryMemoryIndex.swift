public import FoundationEssentials
public import StoreContracts

/// Searches the records of an in-memory store as they are at the time of the search.
///
/// The cost is that of comparing with every vector of the tenant.
public struct InMemoryMemoryIndex: MemoryIndex {
    private let memory: InMemoryMemory
    private let tenant: TenantID

    /// Creates an index of a store's records.
    public init(_ store: InMemoryMemoryStore) {
        memory = store.memory
        tenant = store.tenant
    }

    /// The facts nearest to a vector that pass the filter.
    public func searchFacts(
        _ embedding: [Float], _ options: SearchOptions
    ) async throws(StoreError) -> [ScoredRecord<SemanticFact>] {
        try check(embedding, options, "searchFacts")
        let facts = memory.read { tables in
            tables.facts.all(tenant).filter { tables.admits($0, options.filter, tenant) }
        }
        return projected(nearest(facts, embedding, options) { $0.embedding }, options)
    }

    /// Of some facts those that pass the filter and have a vector, nearest first.
    public func rankFacts(
        _ ids: [UUID], _ embedding: [Float], _ options: SearchOptions
    ) async throws(StoreError) -> [ScoredRecord<SemanticFact>] {
        try check(embedding, options, "rankFacts")
        let facts = memory.read { tables in
            tables.facts.pick(ids, tenant).values.filter { tables.admits($0, options.filter, tenant) }
        }
        return projected(nearest(facts, embedding, options) { $0.embedding }, options)
    }

    /// The entities nearest to a vector.
    public func searchEntities(
        _ embedding: [Float], _ options: SearchOptions
    ) async throws(StoreError) -> [ScoredRecord<Entity>] {
        try check(embedding, options, "searchEntities")
        let entities = memory.read { $0.entities.all(tenant) }
            .filter { options.filter.includeInvalidated || $0.invalidatedAt == nil }
        let found = nearest(entities, embedding, options) { $0.embedding }
        guard !options.filter.includesEmbeddings else { return found }
        return found.map { hit in
            var hit = hit
            hit.item.embedding = nil
            return hit
        }
    }

    /// The themes nearest to a vector.
    public func searchThemes(
        _ embedding: [Float], _ options: SearchOptions
    ) async throws(StoreError) -> [ScoredRecord<Theme>] {
        try check(embedding, options, "searchThemes")
        let found = nearest(memory.read { $0.themes.all(tenant) }, embedding, options) { $0.embedding }
        guard !options.filter.includesEmbeddings else { return found }
        return found.map { hit in
            var hit = hit
            hit.item.embedding = nil
            return hit
        }
    }

    /// The episodes nearest to a vector.
    public func searchEpisodes(
        _ embedding: [Float], _ options: SearchOptions
    ) async throws(StoreError) -> [ScoredRecord<Episode>] {
        try check(embedding, options, "searchEpisodes")
        let found = nearest(memory.read { $0.episodes.all(tenant) }, embedding, options) { $0.embedding }
        guard !options.filter.includesEmbeddings else { return found }
        return found.map { hit in
            var hit = hit
            hit.item.embedding = nil
            return hit
        }
    }

    private func check(
        _ embedding: [Float], _ options: SearchOptions, _ context: String
    ) throws(StoreError) {
        try options.validate(embedding)
        try memory.check(embedding, context)
    }

    private func projected(
        _ found: [ScoredRecord<SemanticFact>], _ options: SearchOptions
    ) -> [ScoredRecord<SemanticFact>] {
        guard !options.filter.includesEmbeddings else { return found }
        return found.map { ScoredRecord(item: $0.item.withoutEmbedding, score: $0.score) }
    }

    private func nearest<Record: Identifiable>(
        _ records: [Record], _ embedding: [Float], _ options: SearchOptions, _ vector: (Record) -> [Float]?
    ) -> [ScoredRecord<Record>] where Record.ID == UUID {
        guard !options.isFutile(embedding) else { return [] }
        let hits = records.compactMap { record -> ScoredRecord<Record>? in
            guard let own = vector(record), let score = options.distance.score(own, embedding),
                score >= options.minSimilarity
            else { return nil }
            return ScoredRecord(item: record, score: score)
        }
        let sorted = hits.sorted { ($1.score, $0.item.id.text) < ($0.score, $1.item.id.text) }
        return Array(sorted.prefix(options.limit))
    }
}
