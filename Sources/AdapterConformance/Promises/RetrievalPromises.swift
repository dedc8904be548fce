import AgentMemory
import FoundationEssentials
import StoreContracts

/// What store and index promise to retrieval.
enum RetrievalPromises {
    static let all: [Promise] = [
        Promise("RV001", "a query for nothing finds nothing") { world in
            try await world.library()
            var query = MemoryQuery()
            query.validAt = world.day(3)
            try equal(await world.retrieve(query), MemoryResult(), "the result")
        },
        Promise("RV002", "by a vector come theme, fact, episode, entity, edge and scores") { world in
            try await world.library()
            let result = try await world.retrieve(MemoryQuery(embedding: world.vector(1)))
            try equal(result.facts.map(\.content), ["fact 1", "fact 2"], "facts")
            try equal(result.themes.map(\.label), ["theme 1"], "themes")
            try equal(result.episodes.map(\.topic), ["talk 1"], "episodes")
            try equal(result.entities.map(\.name), ["entity 1", "entity 2"], "entities")
            try equal(result.relationships.map(\.id), [world.number(1001)], "edges")
            let scores = try present(result.scores, "scores")
            try require(((scores[world.number(2001)] ?? 0) - 1).magnitude < 1e-6, "the first scores 1")
            try equal(Set(scores.keys), Set(result.facts.map(\.id)), "who is scored")
        },
        Promise("RV003", "the best fact comes first even if a theme leads to a weaker one") { world in
            try await world.library()
            var query = MemoryQuery(embedding: world.vector(1))
            query.limit = 1
            try equal(await world.retrieve(query).facts.map(\.content), ["fact 1"], "facts")
        },
        Promise("RV004", "by entities come the subgraph and the facts about it") { world in
            try await world.library()
            var query = MemoryQuery(entityIDs: [world.number(1)])
            query.maxHops = 1
            let near = try await world.retrieve(query)
            try equal(near.entities.map(\.name), ["entity 1", "entity 2"], "entities")
            try equal(near.relationships.map(\.id), [world.number(1001)], "edges")
            try equal(near.facts.map(\.content), ["fact 2", "fact 1"], "facts")
            try equal(near.themes.map(\.label), ["theme 1"], "themes")
            try require(near.scores == nil, "no scores")
            query.maxHops = 2
            try equal(
                await world.retrieve(query).entities.map(\.name), ["entity 1", "entity 2", "entity 3"],
                "two hops")
            query.maxHops = 0
            try equal(await world.retrieve(query).entities.map(\.name), ["entity 1"], "no hop")
        },
        Promise("RV005", "edges that do not hold are not followed") { world in
            try await world.library()
            var query = MemoryQuery(entityIDs: [world.number(1)])
            query.validAt = world.day(9)
            try equal(
                await world.retrieve(query).entities.map(\.name), ["entity 1", "entity 2"], "at 9")
            query.relationTypes = ["likes"]
            try equal(await world.retrieve(query).entities.map(\.name), ["entity 1"], "of another kind")
        },
        Promise("RV006", "by tags come facts with any of them, no entities and no scores") { world in
            try await world.library()
            let result = try await world.retrieve(MemoryQuery(tags: ["a", "b"]))
            try equal(result.facts.map(\.content), ["fact 2", "fact 1"], "facts")
            try equal(result.episodes.map(\.topic), ["talk 1"], "episodes")
            try equal(result.entities.count + result.relationships.count, 0, "the graph")
            try require(result.scores == nil, "no scores")
        },
        Promise("RV007", "quarantined facts come only to who names the tag") { world in
            try await world.library()
            try await world.memory().putFact(
                world.fact(1) {
                    $0.tags = ["a", "quarantined"]
                    $0.embedding = world.vector(1)
                    $0.entityIDs = [world.number(1)]
                })
            for query in [
                MemoryQuery(embedding: world.vector(1)), MemoryQuery(entityIDs: [world.number(1)]),
                MemoryQuery(tags: ["a", "b"]),
            ] {
                let found = try await world.retrieve(query).facts.map(\.content)
                try require(!found.contains("fact 1"), "it stays hidden")
            }
            try equal(
                await world.retrieve(MemoryQuery(tags: ["quarantined"])).facts.map(\.content), ["fact 1"],
                "an audit")
        },
        Promise("RV008", "void near duplicates do not use up the limit") { world in
            let store = try world.memory()
            try await store.putFacts(
                (1...6).map { n in
                    world.fact(n) {
                        $0.embedding = world.vector(1, n == 6 ? 0.5 : 0)
                        $0.invalidatedBy = n == 6 ? nil : "x"
                    }
                })
            var query = MemoryQuery(embedding: world.vector(1))
            query.limit = 5
            try equal(await world.retrieve(query).facts.map(\.content), ["fact 6"], "facts")
        },
        Promise("RV009", "what is returned counts one access, and shows the count before") { world in
            try await world.library()
            let result = try await world.retrieve(MemoryQuery(tags: ["a"]))
            try equal(result.facts.map(\.accessCount), [0], "the shown count")
            try equal(await world.memory().getFact(id: world.number(2001))?.accessCount, 1, "the count")
            try equal(await world.memory().getFact(id: world.number(2002))?.accessCount, 0, "of another")
        },
        Promise("RV010", "lessons: verified ones newest first, then the candidates with most trials") {
            world in
            let store = try world.memory()
            try await store.putFacts((1...4).map { n in world.fact(n) { $0.tags = ["lesson", "verified"] } })
            try await store.putFacts(
                (5...8).map { n in world.fact(n) { $0.tags = ["lesson", "candidate"] } })
            try await store.putFact(world.fact(9) { $0.tags = ["lesson", "quarantined"] })
            for run in 0..<3 {
                try await world.ledger().recordOutcome(
                    RunOutcome(runID: "r\(run)", score: 0.5, factIDs: [world.number(2006).text]))
            }
            var options = GatedLessonOptions(tags: ["lesson"], maxFacts: 5)
            func lessons() async throws -> [String] {
                try await retrieveGatedLessons(from: store, ledger: world.ledger(), options)
                    .map(\.content)
            }
            try equal(await lessons(), ["fact 4", "fact 3", "fact 2", "fact 6", "fact 5"], "with a ledger")
            options.restAfterTrials = 3
            try equal(await lessons(), ["fact 4", "fact 3", "fact 2", "fact 5", "fact 7"], "one rests")
            let alone = try await retrieveGatedLessons(from: store, options)
            try equal(
                alone.map(\.content), ["fact 4", "fact 3", "fact 2", "fact 8", "fact 7"], "without a ledger")
            options.candidateSlots = 9
            options.maxFacts = 2
            try equal(await lessons(), ["fact 5", "fact 7"], "slots are cut to the whole")
            options.candidateSlots = 0
            try equal(await lessons(), ["fact 4", "fact 3"], "no slots")
        },
    ]
}

extension PromiseWorld {
    /// Three entities in a chain, an episode, a theme, and two facts about the first two entities.
    fileprivate func library() async throws {
        let store = try memory()
        try await store.putEntities((1...3).map { entity($0) })
        try await store.putRelationships([edge(1, 1, 2), edge(2, 2, 3) { $0.validUntil = day(5) }])
        try await store.putEpisode(episode(1))
        try await store.putTheme(
            theme(1) {
                $0.embedding = vector(1, 0.2)
                $0.factIDs = [number(2002), number(2001), number(2099)]
            })
        try await store.putFacts([
            fact(1) {
                $0.embedding = vector(1)
                $0.entityIDs = [number(1)]
                $0.sourceEpisodeIDs = [number(4001)]
                $0.themeID = number(3001)
                $0.tags = ["a"]
            },
            fact(2) {
                $0.embedding = vector(0.1, 1)
                $0.entityIDs = [number(2)]
                $0.tags = ["b"]
            },
        ])
    }

    fileprivate func retrieve(_ query: MemoryQuery) async throws -> MemoryResult {
        try await retrieveMemory(from: memory(), index: index(), query)
    }
}
