import AgentMemory
import FoundationEssentials
import StoreContracts

/// What indexes of memory promise.
enum MemoryIndexPromises {
    static let all: [Promise] = [
        Promise("IX001", "hits come by score, ties by id, and scores are those of the cosine") { world in
            try await world.store(vectors: [[0, 1], [1, 1], [2, 0], [1, 0]])
            let hits = try await world.index().searchFacts(world.vector(3), SearchOptions())
            try equal(hits.map(\.item.content), ["fact 3", "fact 4", "fact 2"], "the order")
            for (hit, score) in zip(hits, [1, 1, 0.7071067811865475]) {
                try require((hit.score - score).magnitude < 1e-6, "the score \(hit.score) is \(score)")
            }
        },
        Promise("IX002", "what is below the least score is left out, what is at it is not") { world in
            try await world.store(vectors: [[1], [-1], [0, 1], [1, 1]])
            let index = try world.index()
            let query = world.vector(1)
            func found(_ least: Double) async throws -> Int {
                let hits = try await index.searchFacts(query, SearchOptions(minSimilarity: least))
                return hits.count
            }
            try equal(await found(1), 1, "at least 1")
            try equal(await found(0.7), 2, "at least 0.7")
            try equal(await found(0), 3, "at least 0")
            try equal(await found(-1), 4, "at least -1")
        },
        Promise("IX003", "no more than the limit comes, and that many while there are so many") { world in
            try await world.store(vectors: (1...120).map { [1, Float($0) / 1000] })
            for limit in [0, 1, 20, 100, 120] {
                let hits = try await world.index().searchFacts(world.vector(1), SearchOptions(limit: limit))
                try equal(hits.count, limit, "hits")
                try equal(hits.map(\.item.content), (1...120).prefix(limit).map { "fact \($0)" }, "the order")
            }
        },
        Promise("IX004", "all four kinds are searched, and come complete but for the vector") { world in
            let store = try world.memory()
            let near = world.vector(1, 0.1)
            try await store.putEntity(world.entity(1) { $0.embedding = near })
            try await store.putTheme(world.theme(1) { $0.embedding = near })
            try await store.putEpisode(world.episode(1) { $0.embedding = near })
            let fact = world.fact(1) {
                $0.embedding = near
                $0.tags = ["lesson", "candidate"]
            }
            try await store.putFact(fact)
            let index = try world.index()
            try await index.rebuild(from: store)
            let options = SearchOptions()
            var bare = fact
            bare.embedding = nil
            try equal(await index.searchFacts(near, options).map(\.item), [bare], "facts")
            try equal(await index.searchEntities(near, options).map(\.item), [world.entity(1)], "entities")
            try equal(await index.searchThemes(near, options).map(\.item), [world.theme(1)], "themes")
            try equal(await index.searchEpisodes(near, options).map(\.item), [world.episode(1)], "episodes")
            var whole = options
            whole.filter.includesEmbeddings = true
            try equal(await index.searchFacts(near, whole).map(\.item), [fact], "facts with vectors")
        },
        Promise("IX005", "records without a vector and zero vectors never match, and no score is NaN") {
            world in
            try await world.store(vectors: [[1], [0]])
            try await world.memory().putFact(world.fact(3))
            let hits = try await world.index().searchFacts(
                world.vector(1), SearchOptions(minSimilarity: -1))
            try equal(hits.map(\.item.content), ["fact 1"], "hits")
            let none = try await world.index().searchFacts(
                world.vector(0), SearchOptions(minSimilarity: -1))
            try equal(none.count, 0, "hits of a zero query")
        },
        Promise("IX006", "a filter holds before the cut: void near ones do not hide the live one") { world in
            let store = try world.memory()
            for n in 1...30 {
                try await store.putFact(
                    world.fact(n) {
                        $0.embedding = world.vector(1, Float(n) / 1000)
                        $0.invalidatedBy = n < 30 ? "x" : nil
                    })
            }
            let options = SearchOptions(limit: 5, filter: FactFilter())
            let hits = try await world.index().searchFacts(world.vector(1), options)
            try equal(hits.map(\.item.content), ["fact 30"], "hits")
            let all = try await world.index().searchFacts(world.vector(1), SearchOptions(limit: 5))
            try equal(all.count, 5, "hits without the filter")
        },
        Promise("IX007", "tags, validity and entities are filtered before the cut") { world in
            let store = try world.memory()
            try await store.putEntity(world.entity(1))
            try await store.putFacts(
                [
                    world.fact(1) { $0.tags = ["quarantined"] }, world.fact(2) { $0.tags = ["x"] },
                    world.fact(3) { $0.validUntil = world.day(4) },
                    world.fact(4) { $0.entityIDs = [world.number(1)] },
                ].enumerated().map { number, fact in
                    var fact = fact
                    // Each a little farther away: which of equals an index finds first is its own affair.
                    fact.embedding = world.vector(1, Float(number) / 10)
                    return fact
                })
            func found(_ filter: FactFilter) async throws -> [String] {
                try await world.index().searchFacts(
                    world.vector(1), SearchOptions(limit: 2, filter: filter)
                ).map(\.item.content)
            }
            try equal(await found(FactFilter(excludeTags: ["quarantined"])), ["fact 2", "fact 3"], "without")
            try equal(await found(FactFilter(tags: ["x"])), ["fact 2"], "with a tag")
            try equal(await found(FactFilter(validAt: world.day(9))), ["fact 1", "fact 2"], "by time")
            try equal(await found(FactFilter(entityIDs: [world.number(1)])), ["fact 4"], "by entity")
        },
        Promise("IX008", "a query of another length is refused, with both lengths") { world in
            try await world.store(vectors: [[1]])
            let count = world.adapters.dimensions
            let suits = { (code: StoreErrorCode) in
                if case .dimensionMismatch(count, 3, _) = code { true } else { false }
            }
            try await refused("the search", as: suits, expecting: "dimensionMismatch(\(count), 3)") {
                _ = try await world.index().searchFacts([1, 2, 3], SearchOptions())
            }
        },
        Promise("IX009", "a query that is not finite and a negative limit are refused") { world in
            let index = try world.index()
            try await refused(.invalidArgument(name: "embedding"), "the query") {
                _ = try await index.searchFacts(world.vector(.infinity), SearchOptions())
            }
            try await refused(.invalidArgument(name: "limit"), "the limit") {
                _ = try await index.searchThemes(world.vector(1), SearchOptions(limit: -1))
            }
        },
        Promise("IX010", "a change is seen by the next search") { world in
            try await world.store(vectors: [[1]])
            let index = try world.index()
            try await world.memory().putFact(world.fact(1) { $0.embedding = world.vector(0, 1) })
            try equal(await index.searchFacts(world.vector(1), SearchOptions()).count, 0, "the old place")
            try equal(await index.searchFacts(world.vector(0, 1), SearchOptions()).count, 1, "the new place")
            _ = try await world.memory().deleteFact(id: world.number(2001))
            try equal(await index.searchFacts(world.vector(0, 1), SearchOptions()).count, 0, "deleted")
        },
        Promise("IX011", "some facts are ranked exactly, whatever else is near") { world in
            try await world.store(vectors: (1...50).map { [1, Float($0) / 100] })
            let ids = [2040, 2003, 2020, 9999].map { world.number($0) }
            let hits = try await world.index().rankFacts(
                ids, world.vector(1), SearchOptions(minSimilarity: -.infinity))
            try equal(hits.map(\.item.content), ["fact 3", "fact 20", "fact 40"], "the order")
        },
        Promise("IX012", "several searches at once find what each finds alone") { world in
            try await world.store(vectors: (1...30).map { [Float($0), 1, Float($0 % 7)] })
            let queries = [world.vector(1), world.vector(0, 1), world.vector(0), world.vector(1, 0, 1)]
            let options = SearchOptions(limit: 5)
            var alone: [[String]] = []
            for query in queries {
                alone.append(try await world.index().searchFacts(query, options).map(\.item.content))
            }
            let together = try await world.index().searchMany(queries, options)
            try equal(together.map { $0.map(\.item.content) }, alone, "hits")
        },
        Promise("IX013", "distances other than the cosine order by themselves") { world in
            try await world.store(vectors: [[1], [3], [10]])
            func found(_ distance: VectorDistance, _ least: Double) async throws -> [String] {
                try await world.index().searchFacts(
                    world.vector(2.9), SearchOptions(minSimilarity: least, distance: distance)
                ).map(\.item.content)
            }
            try equal(await found(.euclidean, -5), ["fact 2", "fact 1"], "by Euclid")
            try equal(await found(.innerProduct, 5), ["fact 3", "fact 2"], "by the inner product")
        },
    ]
}

extension PromiseWorld {
    /// Stores facts 1, 2, … with these vectors.
    func store(vectors: [[Float]]) async throws {
        let facts = vectors.enumerated().map { index, numbers in
            fact(index + 1) { fact in
                fact.embedding =
                    numbers + [Float](repeating: 0, count: max(0, adapters.dimensions - numbers.count))
            }
        }
        try await memory().putFacts(facts)
    }
}
