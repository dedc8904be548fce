import AgentMemory
import FoundationEssentials
import JSONModel
import StoreContracts

/// What stores of records promise.
enum MemoryStorePromises {
    static let all = records + lists + rules + owners

    private static let records: [Promise] = [
        Promise("ST001", "an entity comes back with every field") { world in
            let store = try world.memory()
            let entity = world.entity(1) {
                $0.attributes = ["age": 7, "names": ["a", .null]]
                $0.embedding = world.vector(0.1, -2)
                $0.invalidatedAt = world.day(9)
                $0.supersededBy = world.number(2)
            }
            try await store.putEntity(entity)
            try equal(await store.getEntity(id: entity.id), entity, "the entity")
            try require(await store.getEntity(id: world.number(9)) == nil, "another is not there")
        },
        Promise("ST002", "an edge comes back with every field, its weight unchanged") { world in
            let store = try world.memory()
            try await store.putEntities([world.entity(1), world.entity(2)])
            let edge = world.edge(1, 1, 2) {
                $0.weight = 0.1
                $0.attributes = ["since": "2020"]
                $0.validUntil = world.day(5)
                $0.invalidatedBy = "a reason"
            }
            try await store.putRelationship(edge)
            try equal(await store.getRelationship(id: edge.id), edge, "the edge")
        },
        Promise("ST003", "an episode comes back with its messages") { world in
            let store = try world.memory()
            let message = Message(
                id: world.number(77), role: .assistant, content: "", timestamp: world.day(3),
                metadata: ["k": 1])
            let episode = world.episode(1) {
                $0.messages = [message]
                $0.factIDs = [world.number(5)]
                $0.embedding = world.vector(1)
            }
            try await store.putEpisode(episode)
            try equal(await store.getEpisode(id: episode.id), episode, "the episode")
        },
        Promise("ST004", "a fact comes back with every field") { world in
            let store = try world.memory()
            try await store.putTheme(world.theme(1))
            let fact = world.fact(1) {
                $0.sourceEpisodeIDs = [world.number(8)]
                $0.entityIDs = [world.number(1), world.number(1)]
                $0.themeID = world.number(3001)
                $0.embedding = world.vector(0.123456789)
                $0.validUntil = world.day(20)
                $0.invalidatedBy = "it was wrong"
                $0.accessCount = 4
                $0.lastAccessedAt = world.day(2)
                $0.tags = ["lesson", "ä", "candidate"]
            }
            try await store.putFact(fact)
            try equal(await store.getFact(id: fact.id), fact, "the fact")
        },
        Promise("ST005", "a theme comes back with every field") { world in
            let store = try world.memory()
            let theme = world.theme(1) {
                $0.summary = "about"
                $0.factIDs = [world.number(1), world.number(2)]
                $0.embedding = world.vector(3)
            }
            try await store.putTheme(theme)
            try equal(await store.getTheme(id: theme.id), theme, "the theme")
        },
        Promise("ST006", "a second put replaces the whole record, but for when an entity was made") { world in
            let store = try world.memory()
            try await store.putEntity(world.entity(1) { $0.attributes = ["a": 1] })
            try await store.putEntity(
                world.entity(1) {
                    $0.name = "new"
                    $0.createdAt = world.day(20)
                })
            let entity = try present(await store.getEntity(id: world.number(1)), "the entity")
            try equal(entity.name, "new", "the name")
            try equal(entity.attributes, [:], "the attributes")
            try equal(entity.createdAt, world.day(1), "when it was made")
        },
        Promise("ST007", "a second put of a fact replaces its tags and entities") { world in
            let store = try world.memory()
            try await store.putEntities([world.entity(1), world.entity(2)])
            try await store.putFact(
                world.fact(1) {
                    $0.tags = ["old"]
                    $0.entityIDs = [world.number(1)]
                })
            try await store.putFact(
                world.fact(1) {
                    $0.tags = ["new"]
                    $0.entityIDs = [world.number(2)]
                })
            try equal(await store.findFacts(FactFilter(tags: ["old"])).count, 0, "by the old tag")
            try equal(await store.findFacts(FactFilter(tags: ["new"])).count, 1, "by the new tag")
            try equal(
                await store.findFacts(FactFilter(entityIDs: [world.number(1)])).count, 0, "by the old entity")
            try equal(
                await store.findFacts(FactFilter(entityIDs: [world.number(2)])).count, 1, "by the new entity")
        },
        Promise("ST008", "of records with one id in a call the last counts") { world in
            let store = try world.memory()
            try await store.putFacts([
                world.fact(1) { $0.content = "first" }, world.fact(2), world.fact(1) { $0.content = "last" },
            ])
            try equal(await store.getFact(id: world.number(2001))?.content, "last", "the content")
            try equal(await store.counts().facts, 2, "facts")
        },
        Promise("ST009", "many records in one call are all stored") { world in
            let store = try world.memory()
            try await store.putFacts((1...150).map { world.fact($0) })
            try equal(await store.counts().facts, 150, "facts")
            let found = try await store.getFacts((1...150).map { world.number(2000 + $0) })
            try equal(found.count, 150, "found")
            try require(found.allSatisfy { $0.key == $0.value.id }, "each under its id")
        },
        Promise("ST010", "looking up many ids leaves out unknown ones and repeats none") { world in
            let store = try world.memory()
            try await store.putFacts([world.fact(1), world.fact(2)])
            let ids = [2001, 2002, 2001, 2009].map { world.number($0) }
            try equal(await Set(store.getFacts(ids).keys), Set(ids.prefix(2)), "the keys")
            try equal(await store.getFacts([]).count, 0, "of no ids")
        },
        Promise("ST011", "a delete is true once, then false") { world in
            let store = try world.memory()
            try await store.putFact(world.fact(1))
            try require(await store.deleteFact(id: world.number(2001)), "the first")
            try require(await store.getFact(id: world.number(2001)) == nil, "it is gone")
            try require(await !store.deleteFact(id: world.number(2001)), "the second")
            try require(await !store.deleteEpisode(id: world.number(1)), "no episode")
            try require(await !store.deleteRelationship(id: world.number(1)), "no edge")
            try require(await !store.deleteEntity(id: world.number(1)), "no entity")
            try require(await !store.deleteTheme(id: world.number(1)), "no theme")
        },
        Promise("ST012", "deleting an entity removes its edges and its id from facts") { world in
            let store = try world.memory()
            try await store.putEntities((1...3).map { world.entity($0) })
            try await store.putRelationships([world.edge(1, 1, 2), world.edge(2, 1, 3), world.edge(3, 2, 2)])
            try await store.putFact(world.fact(1) { $0.entityIDs = [world.number(2), world.number(3)] })
            try require(await store.deleteEntity(id: world.number(2)), "it was there")
            try equal(
                await store.getRelationshipsForEntity(world.number(1)).map(\.id), [world.number(1002)],
                "edges of 1")
            try equal(await store.counts().relationships, 1, "edges")
            let fact = try present(await store.getFact(id: world.number(2001)), "the fact")
            try equal(fact.entityIDs, [world.number(3)], "its entities")
            try await store.putFact(fact)
        },
        Promise("ST013", "deleting a theme takes it from its facts") { world in
            let store = try world.memory()
            try await store.putTheme(world.theme(1))
            try await store.putFact(world.fact(1) { $0.themeID = world.number(3001) })
            try require(await store.deleteTheme(id: world.number(3001)), "it was there")
            let fact = try present(await store.getFact(id: world.number(2001)), "the fact")
            try require(fact.themeID == nil, "it has no theme")
        },
        Promise("ST014", "clear removes every record and leaves outcomes") { world in
            let store = try world.memory()
            try await store.putEntities([world.entity(1), world.entity(2)])
            try await store.putRelationship(world.edge(1, 1, 2))
            try await store.putEpisode(world.episode(1))
            try await store.putTheme(world.theme(1))
            try await store.putFact(
                world.fact(1) {
                    $0.themeID = world.number(3001)
                    $0.entityIDs = [world.number(1)]
                })
            try await world.ledger().recordOutcome(RunOutcome(runID: "r", score: 1))
            var counts = MemoryCounts()
            counts.entities = 2
            counts.relationships = 1
            counts.episodes = 1
            counts.facts = 1
            counts.liveFacts = 1
            counts.themes = 1
            try equal(await store.counts(), counts, "before")
            try await store.clear()
            try equal(await store.counts(), MemoryCounts(), "after")
            try equal(await world.ledger().getBaseline().runs, 1, "runs")
        },
        Promise("ST015", "touching counts each fact once and leaves the rest alone") { world in
            let store = try world.memory()
            try await store.putFacts([world.fact(1), world.fact(2)])
            let id = world.number(2001)
            try await store.touchFacts([id, id, world.number(9)], at: world.day(7))
            try await store.touchFacts([id], at: world.day(8))
            try await store.touchFacts([])
            let fact = try present(await store.getFact(id: id), "the fact")
            try equal(fact.accessCount, 2, "accesses")
            try equal(fact.lastAccessedAt, world.day(8), "the last")
            try equal(await store.getFact(id: world.number(2002))?.accessCount, 0, "of the other")
            try await store.touchFacts([world.number(2002)])
            try require(await store.getFact(id: world.number(2002))?.lastAccessedAt != nil, "now")
        },
    ]

    private static let lists: [Promise] = [
        Promise("ST020", "facts come newest first, ties by id, and pages join") { world in
            let store = try world.memory()
            try await store.putFacts(
                (1...25).map { n in world.fact(n) { $0.validFrom = world.day(n > 20 ? n : 1) } })
            let expected = [25, 24, 23, 22, 21] + Array(1...20)
            let all = try await store.findFacts()
            try equal(all.map(\.content), expected.map { "fact \($0)" }, "the order")
            var seen: [String] = []
            for offset in stride(from: 0, to: 30, by: 4) {
                seen += try await store.findFacts(FactFilter(), Page(limit: 4, offset: offset))
                    .map(\.content)
            }
            try equal(seen, expected.map { "fact \($0)" }, "by offset")
            seen = []
            var page = try Page(limit: 4)
            while true {
                let part = try await store.findFacts(FactFilter(), page)
                guard let last = part.last else { break }
                seen += part.map(\.content)
                page = try Page(limit: 4, after: PageCursor(instant: last.validFrom, id: last.id))
            }
            try equal(seen, expected.map { "fact \($0)" }, "by cursor")
            try equal(await store.findFacts(FactFilter(), Page(limit: 0)).count, 0, "a limit of 0")
        },
        Promise("ST021", "facts are found by theme, tags, required and excluded tags") { world in
            let store = try world.memory()
            try await store.putTheme(world.theme(1))
            try await store.putFacts([
                world.fact(1) { $0.tags = ["lesson", "x"] }, world.fact(2) { $0.tags = ["lesson"] },
                world.fact(3) { $0.themeID = world.number(3001) },
                world.fact(4) { $0.tags = ["quarantined", "x"] },
            ])
            func found(_ filter: FactFilter) async throws -> [String] {
                try await store.findFacts(filter).map(\.content)
            }
            try equal(await found(FactFilter(tags: ["lesson"])), ["fact 2", "fact 1"], "by a tag")
            try equal(await found(FactFilter(tags: ["x", "no"])), ["fact 4", "fact 1"], "by any of two")
            try equal(await found(FactFilter(requiredTags: ["lesson", "x"])), ["fact 1"], "by all of two")
            try equal(
                await found(FactFilter(excludeTags: ["x", "quarantined"])), ["fact 3", "fact 2"], "without")
            try equal(await found(FactFilter(themeID: world.number(3001))), ["fact 3"], "by theme")
            try equal(await found(FactFilter()).count, 4, "without a filter")
        },
        Promise("ST022", "void facts are hidden unless asked for") { world in
            let store = try world.memory()
            try await store.putFacts([world.fact(1), world.fact(2) { $0.invalidatedBy = "x" }])
            try equal(await store.findFacts().map(\.content), ["fact 1"], "live ones")
            try equal(await store.findFacts(FactFilter(includeInvalidated: true)).count, 2, "all")
            try equal(await store.counts().liveFacts, 1, "the count of live ones")
        },
        Promise("ST023", "facts are found by the time for which they hold, half-open") { world in
            let store = try world.memory()
            try await store.putFacts([
                world.fact(1) { $0.validUntil = world.day(5) }, world.fact(3),
                world.fact(2) { $0.validUntil = world.day(3) },
            ])
            func found(_ filter: FactFilter) async throws -> [String] {
                try await store.findFacts(filter).map(\.content)
            }
            try equal(await found(FactFilter(validAt: world.day(2))), ["fact 2", "fact 1"], "at 2")
            try equal(await found(FactFilter(validAt: world.day(3))), ["fact 3", "fact 1"], "at 3")
            try equal(await found(FactFilter(validAt: world.day(5))), ["fact 3"], "at 5")
            try equal(
                await found(FactFilter(changedSince: world.day(3))), ["fact 1"], "changed since 3")
            try equal(
                await found(FactFilter(changedSince: world.day(2))), ["fact 3", "fact 2", "fact 1"],
                "changed since 2")
        },
        Promise("ST024", "vectors are left out where they are not asked for") { world in
            let store = try world.memory()
            try await store.putFact(world.fact(1) { $0.embedding = world.vector(1) })
            let bare = try await store.findFacts(FactFilter(includesEmbeddings: false))
            try require(bare.count == 1 && bare[0].embedding == nil, "none comes")
            try require(await store.findFacts().first?.embedding != nil, "it is stored")
        },
        Promise("ST025", "facts are found by an entity that is stored after them") { world in
            let store = try world.memory()
            try await store.putFact(world.fact(1) { $0.entityIDs = [world.number(1), world.number(1)] })
            let filter = FactFilter(entityIDs: [world.number(1)])
            try equal(await store.findFacts(filter).count, 0, "before")
            try await store.putEntity(world.entity(1))
            try equal(await store.findFacts(filter).count, 1, "after")
            try equal(await store.findFacts(FactFilter(entityIDs: [])).count, 0, "of no entity")
        },
        Promise("ST026", "entities come in the order in which they were made") { world in
            let store = try world.memory()
            try await store.putEntities([
                world.entity(3), world.entity(1), world.entity(2) { $0.entityType = "place" },
                world.entity(4) { $0.invalidatedAt = world.day(9) },
            ])
            try equal(
                await store.findEntities().map(\.name), ["entity 1", "entity 2", "entity 3"], "the order")
            try equal(
                await store.findEntities(EntityFilter(entityType: "place")).map(\.name), ["entity 2"],
                "places")
            try equal(await store.findEntities(EntityFilter(entityType: "")).count, 3, "of an empty kind")
            try equal(await store.findEntities(EntityFilter(includeInvalidated: true)).count, 4, "all")
            try equal(
                await store.findEntities(EntityFilter(), Page(limit: 1, offset: 1)).map(\.name), ["entity 2"],
                "the second")
        },
        Promise("ST027", "episodes come newest first") { world in
            let store = try world.memory()
            try await store.putEpisodes([world.episode(2), world.episode(5), world.episode(1)])
            try equal(await store.listEpisodes().map(\.topic), ["talk 5", "talk 2", "talk 1"], "the order")
            try equal(
                await store.listEpisodes(Page(limit: 2, offset: 1)).map(\.topic), ["talk 2", "talk 1"],
                "a page")
        },
        Promise("ST028", "themes come by id, all of them") { world in
            let store = try world.memory()
            try await store.putThemes((1...120).reversed().map { world.theme($0) })
            try equal(
                await store.listThemes().map(\.label), (1...120).map { "theme \($0)" }, "the order")
        },
        Promise("ST029", "edges are found by direction, kind, time and whether they are void") { world in
            let store = try world.memory()
            try await store.putEntities((1...3).map { world.entity($0) })
            try await store.putRelationships([
                world.edge(1, 1, 2), world.edge(2, 3, 1) { $0.relationType = "likes" },
                world.edge(3, 1, 1) { $0.validUntil = world.day(5) },
                world.edge(4, 1, 3) { $0.invalidatedBy = "x" }, world.edge(5, 2, 3),
            ])
            func found(_ filter: RelationshipFilter) async throws -> [UUID] {
                try await store.getRelationshipsForEntity(world.number(1), filter).map(\.id)
            }
            let ids = (1...5).map { world.number(1000 + $0) }
            try equal(await found(RelationshipFilter()), [ids[0], ids[1], ids[2]], "both ways")
            try equal(
                await found(RelationshipFilter(direction: .outgoing)), [ids[0], ids[2]], "outgoing")
            try equal(
                await found(RelationshipFilter(direction: .incoming)), [ids[1], ids[2]], "incoming")
            try equal(await found(RelationshipFilter(relationTypes: ["likes"])), [ids[1]], "of a kind")
            try equal(
                await found(RelationshipFilter(includeInvalidated: true)), Array(ids[0...3]), "void too")
            try equal(await found(RelationshipFilter(validAt: world.day(5))), [ids[0], ids[1]], "at 5")
            let many = try await store.relationships(
                forEntities: [world.number(1), world.number(2)], RelationshipFilter())
            try equal(many.map(\.id), [ids[0], ids[1], ids[2], ids[4]], "of two, each once")
            try equal(await store.getRelationshipsForEntity(world.number(9)).count, 0, "of an unknown one")
        },
        Promise("ST030", "an edge that is put again leaves its old ends") { world in
            let store = try world.memory()
            try await store.putEntities((1...3).map { world.entity($0) })
            try await store.putRelationship(world.edge(1, 1, 2))
            try await store.putRelationship(world.edge(1, 1, 3))
            try equal(await store.getRelationshipsForEntity(world.number(2)).count, 0, "the old end")
            try equal(await store.getRelationshipsForEntity(world.number(3)).count, 1, "the new end")
            try equal(await store.getRelationshipsForEntity(world.number(1)).count, 1, "the other end")
        },
    ]

    private static func refusal(
        _ id: String, _ text: String, _ field: String,
        _ put: @escaping @Sendable (PromiseWorld, any MemoryStore) async throws -> Void
    ) -> Promise {
        Promise(id, text) { world in
            let store = try world.memory()
            try await refused(.invalidArgument(name: field), text) { try await put(world, store) }
            try equal(await store.counts(), MemoryCounts(), "nothing is stored")
        }
    }

    private static let rules: [Promise] = [
        refusal("ST040", "an empty content is refused", "content") { world, store in
            try await store.putFacts([world.fact(1), world.fact(2) { $0.content = "" }])
        },
        refusal("ST041", "an empty name is refused", "name") { world, store in
            try await store.putEntity(world.entity(1) { $0.name = "" })
        },
        refusal("ST042", "U+0000 in a text is refused", "content") { world, store in
            try await store.putFact(world.fact(1) { $0.content = "a\0b" })
        },
        refusal("ST043", "a vector that is not finite is refused", "embedding") { world, store in
            try await store.putFact(world.fact(1) { $0.embedding = world.vector(.nan) })
        },
        refusal("ST044", "an empty reason is refused", "invalidated_by") { world, store in
            try await store.putFact(world.fact(1) { $0.invalidatedBy = "" })
        },
        refusal("ST045", "a confidence above 1 is refused", "provenance.confidence") { world, store in
            try await store.putFact(world.fact(1) { $0.provenance.confidence = 1.1 })
        },
        Promise("ST046", "a weight above 1 is refused") { world in
            let store = try world.memory()
            try await store.putEntities([world.entity(1), world.entity(2)])
            try await refused(.invalidArgument(name: "weight"), "the put") {
                try await store.putRelationship(world.edge(1, 1, 2) { $0.weight = 1.5 })
            }
        },
        Promise("ST047", "a vector of another length is refused, with both lengths") { world in
            let store = try world.memory()
            let count = world.adapters.dimensions
            let suits = { (code: StoreErrorCode) in
                if case .dimensionMismatch(count, 3, _) = code { true } else { false }
            }
            try await refused("the put", as: suits, expecting: "dimensionMismatch(\(count), 3)") {
                try await store.putFact(world.fact(1) { $0.embedding = [1, 2, 3] })
            }
        },
        Promise("ST048", "an empty vector counts as none") { world in
            let store = try world.memory()
            try await store.putFact(world.fact(1) { $0.embedding = [] })
            try require(await store.getFact(id: world.number(2001))?.embedding == nil, "it has none")
        },
        Promise("ST049", "a fact of an unknown theme is refused, and nothing of the call is stored") {
            world in
            let store = try world.memory()
            let code = StoreErrorCode.missingRecord(table: "memory_themes", id: world.number(3001).text)
            try await refused(code, "the put") {
                try await store.putFacts([world.fact(1), world.fact(2) { $0.themeID = world.number(3001) }])
            }
            try equal(await store.counts().facts, 0, "facts")
        },
        Promise("ST050", "an edge with an unknown end is refused") { world in
            let store = try world.memory()
            try await store.putEntity(world.entity(1))
            let code = StoreErrorCode.missingRecord(table: "memory_entities", id: world.number(2).text)
            try await refused(code, "the put") { try await store.putRelationship(world.edge(1, 1, 2)) }
        },
        Promise("ST051", "texts of any kind come back as they are") { world in
            let store = try world.memory()
            for text in ["'; DROP TABLE memory_facts; --", "e\u{301} \u{1F980}", "\"[]{}\\", " "] {
                try await store.putFact(
                    world.fact(1) {
                        $0.content = text
                        $0.tags = [text]
                    })
                try equal(await store.findFacts(FactFilter(tags: [text])).first?.content, text, "the text")
            }
        },
    ]

    private static let owners: [Promise] = [
        Promise("ST060", "records of another tenant are invisible", needs: [.tenants]) { world in
            let (owner, stranger) = try world.tenants()
            let mine = try world.memory(owner)
            try await mine.putEntities([world.entity(1), world.entity(2)])
            try await mine.putRelationship(world.edge(1, 1, 2))
            try await mine.putFact(world.fact(1) { $0.embedding = world.vector(1) })
            let other = try world.memory(stranger)
            try equal(await other.counts(), MemoryCounts(), "counts")
            try require(await other.getFact(id: world.number(2001)) == nil, "the fact")
            try equal(await other.getRelationshipsForEntity(world.number(1)).count, 0, "edges")
            try require(await !other.deleteFact(id: world.number(2001)), "a delete")
            try await other.touchFacts([world.number(2001)])
            try await other.clear()
            try equal(
                await world.index(stranger).searchFacts(world.vector(1), SearchOptions()).count, 0, "a search"
            )
            try equal(await mine.counts().facts, 1, "the owner's facts")
            try equal(await mine.getFact(id: world.number(2001))?.accessCount, 0, "accesses")
        },
        Promise("ST061", "an id of another tenant is a conflict", needs: [.tenants]) { world in
            let (owner, stranger) = try world.tenants()
            try await world.memory(owner).putFact(world.fact(1))
            try await world.memory(owner).putEntity(world.entity(1))
            let other = try world.memory(stranger)
            try await refused(
                .tenantConflict(table: "memory_facts", id: world.number(2001).text), "the fact"
            ) {
                try await other.putFact(world.fact(1) { $0.content = "stolen" })
            }
            try await refused(
                .tenantConflict(table: "memory_entities", id: world.number(1).text), "the entity"
            ) {
                try await other.putEntity(world.entity(1) { $0.name = "stolen" })
            }
            try equal(
                await world.memory(owner).getFact(id: world.number(2001))?.content, "fact 1", "the content")
        },
    ]
}
