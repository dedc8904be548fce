import AgentMemory
import FoundationEssentials
import JSONModel
import StoreContracts
import Testing

@Suite struct RetrievalVectorTests {
    @Test func `searches find what the original finds`() async throws {
        let (store, index) = try await RetrievalWorld.make()
        _ = store
        for entry in try MemoryVectors.retrieval.get().list("searches") {
            let vector = try entry.list("embedding").compactMap(\.doubleValue).map { Float($0) }
            let options = SearchOptions(minSimilarity: entry["opts"]?["minSimilarity"]?.doubleValue ?? 0.5)
            let facts = try await index.searchFacts(vector, options).map { ($0.item.id, $0.score) }
            try compare(facts, entry.list("facts"))
            let entities = try await index.searchEntities(vector, options).map { ($0.item.id, $0.score) }
            try compare(entities, entry.list("entities"))
            let themes = try await index.searchThemes(vector, options).map { ($0.item.id, $0.score) }
            try compare(themes, entry.list("themes"))
            let episodes = try await index.searchEpisodes(vector, options).map { ($0.item.id, $0.score) }
            try compare(episodes, entry.list("episodes"))
        }
    }

    private func compare(_ own: [(UUID, Double)], _ theirs: [JSONValue]) throws {
        #expect(own.count == theirs.count)
        for (hit, expected) in zip(own, theirs) {
            let pair = try #require(expected.arrayValue)
            #expect(hit.0.text == pair[0].stringValue)
            #expect(agree(hit.1, pair[1].doubleValue))
        }
    }

    @Test func `subgraphs are those of the original`() async throws {
        let (store, _) = try await RetrievalWorld.make()
        for entry in try MemoryVectors.retrieval.get().list("subgraphs") {
            let seeds = try entry.list("seeds").compactMap { $0.stringValue.flatMap { UUID(text: $0) } }
            let limit = entry["opts"]?["maxEntities"]?.intValue ?? 500
            let edges = RelationshipFilter(
                validAt: entry["opts"]?["validAt"].flatMap { Date(memoryJSON: $0) },
                includeInvalidated: entry["opts"]?["includeInvalidated"]?.boolValue ?? false)
            let graph = try await extractSubgraph(
                from: store, seeds: seeds,
                SubgraphOptions(
                    maxHops: entry["opts"]?["maxHops"]?.intValue ?? 2, maxEntities: limit, edges: edges))
            let expected = try entry.list("entities").compactMap(\.stringValue)
            let reached = Set(graph.entities.map(\.id))
            #expect(
                graph.relationships.allSatisfy {
                    reached.contains($0.sourceID) && reached.contains($0.targetID)
                })
            if expected.count < limit {
                let live = try await RetrievalWorld.live(expected, in: store)
                #expect(Set(graph.entities.map(\.id.text)) == live)
            } else {
                #expect(graph.entities.count <= limit)
            }
        }
    }

    @Test func `retrieval by entities and tags finds what the original finds`() async throws {
        for entry in try MemoryVectors.retrieval.get().list("cases") {
            let query = try RetrievalWorld.query(#require(entry["query"]))
            guard query.embedding == nil else { continue }
            let (store, index) = try await RetrievalWorld.make()
            let result = try await retrieveMemory(from: store, index: index, query)
            let expected = Set(try #require(entry["result"]).list("facts").compactMap(\.stringValue))
            let own = Set(result.facts.map(\.id.text))
            if expected.count < query.limit {
                #expect(own == expected)
            } else {
                #expect(own.count == query.limit)
            }
            #expect(result.scores == nil)
        }
    }

    @Test func `retrieval by a vector finds all that the original finds, best first`() async throws {
        for entry in try MemoryVectors.retrieval.get().list("cases") {
            let query = try RetrievalWorld.query(#require(entry["query"]))
            guard query.embedding != nil else { continue }
            let (store, index) = try await RetrievalWorld.make()
            let result = try await retrieveMemory(from: store, index: index, query)
            let expected = Set(try #require(entry["result"]).list("facts").compactMap(\.stringValue))
            let own = Set(result.facts.map(\.id.text))
            if expected.count < query.limit {
                #expect(own.isSuperset(of: expected) || own.count == query.limit)
            } else {
                #expect(own.count == query.limit)
            }
            let reached = Set(result.themes.flatMap(\.factIDs))
            let scores = try #require(result.scores)
            for fact in result.facts {
                #expect(reached.contains(fact.id) || (scores[fact.id] ?? -1) >= query.minSimilarity)
                #expect(query.includeInvalidated || fact.invalidatedBy == nil)
                #expect(!fact.tags.contains("quarantined") || query.tags.contains("quarantined"))
            }
            let order = result.facts.map { scores[$0.id] ?? -2 }
            #expect(order == order.sorted(by: >))
            let themes = Set(try #require(entry["result"]).list("themes").compactMap(\.stringValue))
            #expect(Set(result.themes.map(\.id.text)) == themes)
        }
    }

    @Test func `returned facts are counted once`() async throws {
        let (store, index) = try await RetrievalWorld.make()
        var query = MemoryQuery(tags: ["lesson"])
        query.limit = 3
        let result = try await retrieveMemory(from: store, index: index, query)
        #expect(result.facts.map(\.accessCount) == [0, 0, 0])
        for fact in result.facts {
            let now = try #require(try await store.getFact(id: fact.id))
            #expect(now.accessCount == 1)
            #expect(now.lastAccessedAt != nil)
        }
        query.limit = 101
        let tooMany = query
        await #expect(throws: StoreError.self) {
            try await retrieveMemory(from: store, index: index, tooMany)
        }
    }
}

/// The records of the vectors.
enum RetrievalWorld {
    static func make() async throws -> (InMemoryMemoryStore, InMemoryMemoryIndex) {
        let data = try #require(try MemoryVectors.retrieval.get()["data"])
        let store = InMemoryMemoryStore()
        try await store.putEntities(data.list("entities").map { try Entity(json: $0) })
        try await store.putRelationships(data.list("relationships").map { try Relationship(json: $0) })
        try await store.putEpisodes(data.list("episodes").map { try Episode(json: $0) })
        try await store.putThemes(data.list("themes").map { try Theme(json: $0) })
        try await store.putFacts(data.list("facts").map { try SemanticFact(json: $0) })
        return (store, InMemoryMemoryIndex(store))
    }

    static func live(_ ids: [String], in store: InMemoryMemoryStore) async throws -> Set<String> {
        let entities = try await store.getEntities(ids.compactMap { UUID(text: $0) })
        return Set(entities.values.filter { $0.invalidatedAt == nil }.map(\.id.text))
    }

    static func query(_ json: JSONValue) throws -> MemoryQuery {
        var query = MemoryQuery()
        query.entityIDs = (json["entityIds"]?.arrayValue ?? []).compactMap {
            $0.stringValue.flatMap { UUID(text: $0) }
        }
        query.embedding = json["embedding"]?.arrayValue?.compactMap(\.doubleValue).map { Float($0) }
        query.tags = (json["tags"]?.arrayValue ?? []).compactMap(\.stringValue)
        query.maxHops = json["maxHops"]?.intValue ?? 2
        query.limit = json["limit"]?.intValue ?? 20
        query.minSimilarity = json["minSimilarity"]?.doubleValue ?? 0.5
        query.includeInvalidated = json["includeInvalidated"]?.boolValue ?? false
        query.validAt = json["validAt"].flatMap { Date(memoryJSON: $0) }
        query.changedSince = json["changedSince"].flatMap { Date(memoryJSON: $0) }
        return query
    }
}
