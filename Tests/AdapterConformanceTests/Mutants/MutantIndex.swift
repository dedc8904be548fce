import AgentMemory
import FoundationEssentials
import StoreContracts

/// An index with one bug.
struct MutantIndex: MemoryIndex {
    enum Bug: String, CaseIterable {
        case filtersAfterTheCut, losesTags, worstFirst, exclusiveBound, oneTooFew, includesZeroVectors
        case ranksNothing
    }

    let bug: Bug
    let inner: any MemoryIndex

    func searchFacts(
        _ embedding: [Float], _ options: SearchOptions
    ) async throws(StoreError) -> [ScoredRecord<SemanticFact>] {
        var options = options
        let filter = options.filter
        if bug == .filtersAfterTheCut { options.filter = SearchOptions().filter }
        if bug == .exclusiveBound { options.minSimilarity = options.minSimilarity.nextUp }
        if bug == .oneTooFew { options.limit = max(0, options.limit - 1) }
        var hits = try await inner.searchFacts(embedding, options)
        if bug == .filtersAfterTheCut {
            hits = hits.filter { filter.admits($0.item) }
        }
        if bug == .losesTags { for index in hits.indices { hits[index].item.tags = [] } }
        if bug == .includesZeroVectors, hits.isEmpty, options.minSimilarity <= 0 {
            options.minSimilarity = -.infinity
            options.distance = .euclidean
            hits = try await inner.searchFacts(embedding, options)
        }
        return bug == .worstFirst ? hits.reversed() : hits
    }
    func rankFacts(
        _ ids: [UUID], _ embedding: [Float], _ options: SearchOptions
    ) async throws(StoreError) -> [ScoredRecord<SemanticFact>] {
        bug == .ranksNothing ? [] : try await inner.rankFacts(ids, embedding, options)
    }
    func searchEntities(
        _ embedding: [Float], _ options: SearchOptions
    ) async throws(StoreError) -> [ScoredRecord<Entity>] {
        try await inner.searchEntities(embedding, options)
    }
    func searchThemes(
        _ embedding: [Float], _ options: SearchOptions
    ) async throws(StoreError) -> [ScoredRecord<Theme>] { try await inner.searchThemes(embedding, options) }
    func searchEpisodes(
        _ embedding: [Float], _ options: SearchOptions
    ) async throws(StoreError) -> [ScoredRecord<Episode>] {
        try await inner.searchEpisodes(embedding, options)
    }
}
