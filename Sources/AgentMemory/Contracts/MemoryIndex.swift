public import FoundationEssentials
public import StoreContracts

/// Finds the records nearest to a vector.
///
/// Results come by score descending, ties by id. All filters hold before the cut, so a search returns `limit` results
/// as long as there are so many. Records without a vector, zero vectors, and vectors that are compared with another
/// number of dimensions never match; a zero query finds nothing by the cosine.
public protocol MemoryIndex: Sendable {
    /// The facts nearest to a vector that pass the filter.
    ///
    /// - Throws: `invalidArgument` for a negative limit or a number that is not finite, `dimensionMismatch`.
    func searchFacts(
        _ embedding: [Float], _ options: SearchOptions
    ) async throws(StoreError) -> [ScoredRecord<SemanticFact>]

    /// Of some facts those that pass the filter and have a vector, nearest first; `minSimilarity` and `limit` hold.
    func rankFacts(
        _ ids: [UUID], _ embedding: [Float], _ options: SearchOptions
    ) async throws(StoreError) -> [ScoredRecord<SemanticFact>]

    /// The facts nearest to each of several vectors, in the order of the vectors.
    func searchMany(
        _ embeddings: [[Float]], _ options: SearchOptions
    ) async throws(StoreError) -> [[ScoredRecord<SemanticFact>]]

    /// The entities nearest to a vector.
    func searchEntities(
        _ embedding: [Float], _ options: SearchOptions
    ) async throws(StoreError) -> [ScoredRecord<Entity>]

    /// The themes nearest to a vector.
    func searchThemes(
        _ embedding: [Float], _ options: SearchOptions
    ) async throws(StoreError) -> [ScoredRecord<Theme>]

    /// The episodes nearest to a vector.
    func searchEpisodes(
        _ embedding: [Float], _ options: SearchOptions
    ) async throws(StoreError) -> [ScoredRecord<Episode>]

    /// Takes over what a store holds; an index that reads the store's own rows has nothing to do.
    func rebuild(from store: any MemoryStore) async throws(StoreError)
}

extension MemoryIndex {
    /// Nothing to do: the index reads the store's own rows.
    public func rebuild(from store: any MemoryStore) async throws(StoreError) {}

    /// Searches one vector after the other.
    public func searchMany(
        _ embeddings: [[Float]], _ options: SearchOptions
    ) async throws(StoreError) -> [[ScoredRecord<SemanticFact>]] {
        var results: [[ScoredRecord<SemanticFact>]] = []
        for embedding in embeddings { results.append(try await searchFacts(embedding, options)) }
        return results
    }
}

extension SearchOptions {
    /// Checks a search.
    ///
    /// - Throws: `invalidArgument`.
    package func validate(_ embedding: [Float]) throws(StoreError) {
        guard limit >= 0 else { throw StoreError(.invalidArgument(name: "limit"), cause: "it is negative") }
        guard !minSimilarity.isNaN else {
            throw StoreError(.invalidArgument(name: "minSimilarity"), cause: "it is not a number")
        }
        guard embedding.allSatisfy(\.isFinite) else {
            throw StoreError(
                .invalidArgument(name: "embedding"), cause: "it contains a number that is not finite")
        }
    }

    /// Whether nothing can be found.
    package func isFutile(_ embedding: [Float]) -> Bool {
        limit == 0 || embedding.isEmpty || (distance == .cosine && embedding.allSatisfy { $0 == 0 })
    }
}
