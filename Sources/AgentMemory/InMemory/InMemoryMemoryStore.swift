public import FoundationEssentials
public import StoreContracts

/// Keeps records in memory, with the semantics of the PostgreSQL store.
public struct InMemoryMemoryStore: MemoryStore {
    /// The rows, shared with index and ledger.
    public let memory: InMemoryMemory
    let tenant: TenantID

    /// Creates a store on rows; without rows it gets empty ones of its own.
    public init(memory: InMemoryMemory = InMemoryMemory(), tenant: TenantID = .seed) {
        self.memory = memory
        self.tenant = tenant
    }

    /// Stores entities; one that is replaced keeps its `createdAt`.
    public func putEntities(_ entities: [Entity]) async throws(StoreError) {
        for entity in entities {
            try entity.validate()
            try memory.check(entity.embedding, "putEntities")
        }
        try memory.run { (tables) throws(StoreError) in
            try MemoryTables.requireOwn(entities, in: tables.entities, of: tenant, "memory_entities")
            for var entity in entities.map(\.stored) {
                if let old = tables.entities[entity.id] { entity.createdAt = old.record.createdAt }
                tables.entities[entity.id] = OwnedRow(record: entity, tenant: tenant)
            }
        }
    }

    /// The entities with these ids.
    public func getEntities(_ ids: [UUID]) async throws(StoreError) -> [UUID: Entity] {
        memory.read { $0.entities.pick(ids, tenant) }
    }

    /// A part of the entities that pass; a cursor names the `createdAt` of the last one seen.
    public func findEntities(_ filter: EntityFilter, _ page: Page) async throws(StoreError) -> [Entity] {
        let kind = filter.entityType ?? ""
        let entities = memory.read { $0.entities.all(tenant) }.filter {
            (filter.includeInvalidated || $0.invalidatedAt == nil) && (kind.isEmpty || $0.entityType == kind)
        }.sorted { ($0.createdAt, $0.id.text) < ($1.createdAt, $1.id.text) }
        guard case .after(let cursor) = page.start else { return page.select(from: entities) }
        let place = (cursor.instant, cursor.id.text)
        return Array(entities.drop { ($0.createdAt, $0.id.text) <= place }.prefix(page.limit))
    }

    /// Removes an entity, its edges, and its id from the facts about it.
    public func deleteEntity(id: UUID) async throws(StoreError) -> Bool {
        memory.read { tables in
            guard tables.entities.remove(id, tenant) else { return false }
            tables.relationships = tables.relationships.filter {
                $0.value.record.sourceID != id && $0.value.record.targetID != id
            }
            for (key, row) in tables.facts
            where row.tenant == tenant && row.record.entityIDs.contains(id) {
                tables.facts[key]?.record.entityIDs.removeAll { $0 == id }
            }
            return true
        }
    }

    /// Stores edges, whose ends must be stored.
    public func putRelationships(_ relationships: [Relationship]) async throws(StoreError) {
        for relationship in relationships { try relationship.validate() }
        try memory.run { (tables) throws(StoreError) in
            try MemoryTables.requireOwn(
                relationships, in: tables.relationships, of: tenant, "memory_relationships")
            for edge in relationships {
                for end in [edge.sourceID, edge.targetID] {
                    try MemoryTables.require(end, in: tables.entities, of: tenant, "memory_entities")
                }
            }
            for edge in relationships.map(\.stored) {
                tables.relationships[edge.id] = OwnedRow(record: edge, tenant: tenant)
            }
        }
    }

    /// The edges with these ids.
    public func getRelationships(_ ids: [UUID]) async throws(StoreError) -> [UUID: Relationship] {
        memory.read { $0.relationships.pick(ids, tenant) }
    }

    /// The edges at any of these entities that pass, each once.
    public func relationships(
        forEntities ids: [UUID], _ filter: RelationshipFilter
    ) async throws(StoreError) -> [Relationship] {
        let ends = Set(ids)
        let kinds = Set(filter.relationTypes.filter { !$0.isEmpty })
        let time = TemporalFilter(validAt: filter.validAt, includeInvalidated: filter.includeInvalidated)
        return memory.read { $0.relationships.all(tenant) }.filter { edge in
            let isAtEnd =
                filter.direction != .incoming && ends.contains(edge.sourceID)
                || filter.direction != .outgoing && ends.contains(edge.targetID)
            return isAtEnd && (kinds.isEmpty || kinds.contains(edge.relationType)) && time.admits(edge)
        }.sorted { ($0.validFrom, $0.id.text) < ($1.validFrom, $1.id.text) }
    }

    /// Removes an edge.
    public func deleteRelationship(id: UUID) async throws(StoreError) -> Bool {
        memory.read { $0.relationships.remove(id, tenant) }
    }

    /// Stores episodes.
    public func putEpisodes(_ episodes: [Episode]) async throws(StoreError) {
        for episode in episodes {
            try episode.validate()
            try memory.check(episode.embedding, "putEpisodes")
        }
        try memory.run { (tables) throws(StoreError) in
            try MemoryTables.requireOwn(episodes, in: tables.episodes, of: tenant, "memory_episodes")
            for episode in episodes.map(\.stored) {
                tables.episodes[episode.id] = OwnedRow(record: episode, tenant: tenant)
            }
        }
    }

    /// The episodes with these ids.
    public func getEpisodes(_ ids: [UUID]) async throws(StoreError) -> [UUID: Episode] {
        memory.read { $0.episodes.pick(ids, tenant) }
    }

    /// A part of the episodes, newest first.
    public func listEpisodes(_ page: Page) async throws(StoreError) -> [Episode] {
        page.selectNewest(from: memory.read { $0.episodes.all(tenant) }) { $0.startedAt }
    }

    /// Removes an episode.
    public func deleteEpisode(id: UUID) async throws(StoreError) -> Bool {
        memory.read { $0.episodes.remove(id, tenant) }
    }

    /// How many records there are.
    public func counts() async throws(StoreError) -> MemoryCounts {
        memory.read { tables in
            var counts = MemoryCounts()
            counts.entities = tables.entities.count { $0.value.tenant == tenant }
            counts.relationships = tables.relationships.count { $0.value.tenant == tenant }
            counts.episodes = tables.episodes.count { $0.value.tenant == tenant }
            counts.facts = tables.facts.count { $0.value.tenant == tenant }
            counts.liveFacts = tables.facts.count {
                $0.value.tenant == tenant && $0.value.record.invalidatedBy == nil
            }
            counts.themes = tables.themes.count { $0.value.tenant == tenant }
            return counts
        }
    }

    /// Removes all memory records of the tenant.
    public func clear() async throws(StoreError) {
        memory.read { tables in
            tables.relationships = tables.relationships.filter { $0.value.tenant != tenant }
            tables.entities = tables.entities.filter { $0.value.tenant != tenant }
            tables.episodes = tables.episodes.filter { $0.value.tenant != tenant }
            tables.facts = tables.facts.filter { $0.value.tenant != tenant }
            tables.themes = tables.themes.filter { $0.value.tenant != tenant }
        }
    }
}
