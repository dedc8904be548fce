import FoundationEssentials
public import StoreContracts

/// Retrieves what a query asks for, in a number of statements that does not depend on the size of the memory.
///
/// By entities: one statement for each hop, then entities, facts, themes, episodes: `maxHops` + 4. By a vector: themes,
/// direct hits, hits of themes, facts without a vector, episodes, entities, edges: 7. By tags: facts, themes, episodes: 3. One more
/// counts the access of the facts that are returned. Facts with the tag `quarantined` come only to a query that names it.
///
/// Facts are ordered by score descending on the way by a vector, else by `validFrom` descending; ties by id.
///
/// - Throws: `invalidArgument` for a query out of its ranges, and what the store and the index throw.
public func retrieveMemory(
    from store: any MemoryStore, index: any MemoryIndex, _ query: MemoryQuery
) async throws(StoreError) -> MemoryResult {
    try query.validate()
    let retrieval = Retrieval(store: store, index: index, query: query)
    let result: MemoryResult
    if !query.entityIDs.isEmpty {
        result = try await retrieval.byEntities()
    } else if let embedding = query.embedding {
        result = try await retrieval.byEmbedding(embedding)
    } else if !query.tags.isEmpty {
        result = try await retrieval.byTags()
    } else {
        return MemoryResult()
    }
    if !result.facts.isEmpty { try await store.touchFacts(result.facts.map(\.id)) }
    return result
}

/// The three ways of a retrieval.
struct Retrieval {
    let store: any MemoryStore
    let index: any MemoryIndex
    let query: MemoryQuery

    func byTags() async throws(StoreError) -> MemoryResult {
        var result = MemoryResult()
        result.facts = try await store.findFacts(query.factFilter, Page(limit: query.limit))
        try await attachThemesAndEpisodes(to: &result)
        return result
    }

    func byEntities() async throws(StoreError) -> MemoryResult {
        let graph = try await extractSubgraph(
            from: store, seeds: query.entityIDs, SubgraphOptions(maxHops: query.maxHops, edges: edges))
        var result = MemoryResult()
        var filter = query.factFilter
        filter.entityIDs = graph.reachedIDs
        result.facts = try await store.findFacts(filter, Page(limit: query.limit))
        try await attachThemesAndEpisodes(to: &result)
        let kinds = Set(query.entityTypes)
        let entities = graph.entities.filter { kinds.isEmpty || kinds.contains($0.entityType) }
        result.entities = Array(entities.prefix(query.limit))
        let isKept = Set(entities.map(\.id))
        result.relationships = Array(
            graph.relationships
                .filter { isKept.contains($0.sourceID) && isKept.contains($0.targetID) }.prefix(query.limit))
        return result
    }

    func byEmbedding(_ embedding: [Float]) async throws(StoreError) -> MemoryResult {
        var result = MemoryResult()
        var options = SearchOptions(
            limit: query.limit, minSimilarity: query.minSimilarity, filter: query.factFilter)
        result.themes = try await index.searchThemes(embedding, options).map(\.item)
        let direct = try await index.searchFacts(embedding, options)
        let reached = result.themes.flatMap(\.factIDs).withoutRepeats
        var ranked = Dictionary(direct.map { ($0.item.id, $0) }) { first, _ in first }
        var unranked: [SemanticFact] = []
        if !reached.isEmpty {
            options.minSimilarity = -.infinity
            for hit in try await index.rankFacts(reached, embedding, options) { ranked[hit.item.id] = hit }
            if ranked.count < query.limit {
                let rest = try await store.getFacts(reached.filter { ranked[$0] == nil })
                unranked = reached.compactMap { rest[$0] }.filter {
                    query.factFilter.admits($0)
                }
            }
        }
        let hits = ranked.values.sorted {
            ($1.score, $0.item.id.text) < ($0.score, $1.item.id.text)
        }
        result.facts = Array((hits.map(\.item) + unranked.map(\.withoutEmbedding)).prefix(query.limit))
        result.scores = Dictionary(
            result.facts.compactMap { fact in ranked[fact.id].map { (fact.id, $0.score) } }
        ) { first, _ in first }
        try await attachEpisodes(to: &result)
        try await attachGraph(to: &result)
        return result
    }

    private var edges: RelationshipFilter {
        RelationshipFilter(
            relationTypes: query.relationTypes, validAt: query.validAt,
            includeInvalidated: query.includeInvalidated)
    }

    private func attachThemesAndEpisodes(to result: inout MemoryResult) async throws(StoreError) {
        let ids = result.facts.compactMap(\.themeID).withoutRepeats
        if !ids.isEmpty {
            let themes = try await store.getThemes(ids)
            result.themes = Array(ids.compactMap { themes[$0] }.prefix(query.limit))
        }
        try await attachEpisodes(to: &result)
    }

    private func attachEpisodes(to result: inout MemoryResult) async throws(StoreError) {
        let ids = result.facts.flatMap(\.sourceEpisodeIDs).withoutRepeats
        guard !ids.isEmpty else { return }
        let episodes = try await store.getEpisodes(ids)
        result.episodes = Array(ids.compactMap { episodes[$0] }.prefix(query.limit))
    }

    /// The entities that the facts are about, and the edges between any two of them.
    private func attachGraph(to result: inout MemoryResult) async throws(StoreError) {
        let ids = result.facts.flatMap(\.entityIDs).withoutRepeats
        guard !ids.isEmpty else { return }
        let entities = try await store.getEntities(ids)
        let present = ids.compactMap { entities[$0] }.filter {
            query.includeInvalidated || $0.invalidatedAt == nil
        }
        result.entities = Array(present.prefix(query.limit))
        let isPresent = Set(present.map(\.id))
        let found = try await store.relationships(forEntities: ids, edges)
        result.relationships = Array(
            found.filter { isPresent.contains($0.sourceID) && isPresent.contains($0.targetID) }
                .prefix(query.limit))
    }
}

extension SemanticFact {
    /// This fact without its vector.
    package var withoutEmbedding: SemanticFact {
        var copy = self
        copy.embedding = nil
        return copy
    }
}

extension Array where Element: Hashable {
    /// The elements, each at its first place only.
    package var withoutRepeats: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
