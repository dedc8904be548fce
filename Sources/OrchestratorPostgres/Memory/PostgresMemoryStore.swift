public import AgentMemory
public import FoundationEssentials
public import PostgresWire
public import StoreContracts

/// Keeps an agent's memory in PostgreSQL with pgvector.
///
/// Every call is one transaction and one network round trip; a refused write costs another, to find out why. Vectors
/// travel in binary form and come back in single precision. The extension must lie in the `search_path` of the pool.
public struct PostgresMemoryStore: MemoryStore {
    let plane: TenantPlane

    /// Creates a store; nothing is sent yet.
    ///
    /// - Parameters:
    ///   - client: The pool. Its role may be the owner of the tables, or a member of `cycgraph_app`.
    ///   - tenant: Whose memory it keeps.
    ///   - storage: The schema that was migrated, and time limits.
    public init(
        _ client: PostgresClient, tenant: TenantID = .seed,
        storage: PostgresStorageOptions = PostgresStorageOptions()
    ) {
        plane = TenantPlane(client, tenant: tenant, storage: storage)
    }

    /// Stores entities, in statements of up to 64 rows; new ones are joined to the facts that name them already.
    ///
    /// The join looks at all facts of the tenant.
    ///
    /// - Throws: `invalidArgument`, `dimensionMismatch`, `tenantConflict`.
    public func putEntities(_ entities: [Entity]) async throws(StoreError) {
        for entity in entities { try entity.validate() }
        let records = entities.map(\.stored).lastOfEach
        guard !records.isEmpty else { return }
        let chunks = records.chunks.map { MemoryWriteSQL.entities($0, plane) }
        try await write(
            chunks + [MemoryWriteSQL.backfill(records, plane)], MemoryWrite(records, "memory_entities"))
    }

    /// The entities with these ids.
    ///
    /// - Throws: `corruptRecord`.
    public func getEntities(_ ids: [UUID]) async throws(StoreError) -> [UUID: Entity] {
        guard !ids.isEmpty else { return [:] }
        let columns = MemorySQL.columns(MemorySQL.entityColumns, withVector: true)
        let query = MemorySQL.pick(columns, plane.names.memoryEntities, ids.withoutRepeats, plane)
        return try MemoryRows.entities(try await plane.read(query)).byID
    }

    /// A part of the entities that pass; a cursor names the `createdAt` of the last one seen.
    ///
    /// - Throws: `corruptRecord`.
    public func findEntities(_ filter: EntityFilter, _ page: Page) async throws(StoreError) -> [Entity] {
        try MemoryRows.entities(try await plane.read(MemorySQL.entities(filter, page, plane)))
    }

    /// Removes an entity, its edges, and its id from the facts about it.
    ///
    /// Locks: the facts about it, then the entity.
    public func deleteEntity(id: UUID) async throws(StoreError) -> Bool {
        try await !plane.write([
            MemorySQL.forget(id, plane), MemorySQL.delete(plane.names.memoryEntities, id, plane),
        ])[1].isEmpty
    }

    /// Stores edges, in statements of up to 64 rows.
    ///
    /// - Throws: `invalidArgument`, `missingRecord`, `tenantConflict`.
    public func putRelationships(_ relationships: [Relationship]) async throws(StoreError) {
        for relationship in relationships { try relationship.validate() }
        let records = relationships.map(\.stored).lastOfEach
        guard !records.isEmpty else { return }
        let ends = records.flatMap { [$0.sourceID, $0.targetID] }.withoutRepeats
        let check = MemoryWriteSQL.requireStored(ends, in: plane.names.memoryEntities, plane)
        let write = MemoryWrite(records, "memory_relationships", refersTo: ends, in: "memory_entities")
        try await self.write([check] + records.chunks.map { MemoryWriteSQL.relationships($0, plane) }, write)
    }

    /// The edges with these ids.
    ///
    /// - Throws: `corruptRecord`.
    public func getRelationships(_ ids: [UUID]) async throws(StoreError) -> [UUID: Relationship] {
        guard !ids.isEmpty else { return [:] }
        let query = MemorySQL.pick(
            MemorySQL.relationshipColumns, plane.names.memoryRelationships, ids.withoutRepeats, plane)
        return try MemoryRows.relationships(try await plane.read(query)).byID
    }

    /// The edges at any of these entities that pass, each once.
    ///
    /// - Throws: `corruptRecord`.
    public func relationships(
        forEntities ids: [UUID], _ filter: RelationshipFilter
    ) async throws(StoreError) -> [Relationship] {
        guard !ids.isEmpty else { return [] }
        return try MemoryRows.relationships(
            try await plane.read(MemorySQL.relationships(ids.withoutRepeats, filter, plane)))
    }

    /// Removes an edge.
    public func deleteRelationship(id: UUID) async throws(StoreError) -> Bool {
        try await delete(plane.names.memoryRelationships, id)
    }

    /// Stores episodes, in statements of up to 64 rows.
    ///
    /// - Throws: `invalidArgument`, `dimensionMismatch`, `tenantConflict`.
    public func putEpisodes(_ episodes: [Episode]) async throws(StoreError) {
        for episode in episodes { try episode.validate() }
        let records = episodes.map(\.stored).lastOfEach
        guard !records.isEmpty else { return }
        let chunks = records.chunks.map { MemoryWriteSQL.episodes($0, plane) }
        try await write(chunks, MemoryWrite(records, "memory_episodes"))
    }

    /// The episodes with these ids.
    ///
    /// - Throws: `corruptRecord`.
    public func getEpisodes(_ ids: [UUID]) async throws(StoreError) -> [UUID: Episode] {
        guard !ids.isEmpty else { return [:] }
        let columns = MemorySQL.columns(MemorySQL.episodeColumns, withVector: true)
        let query = MemorySQL.pick(columns, plane.names.memoryEpisodes, ids.withoutRepeats, plane)
        return try MemoryRows.episodes(try await plane.read(query)).byID
    }

    /// A part of the episodes, newest first.
    ///
    /// - Throws: `corruptRecord`.
    public func listEpisodes(_ page: Page) async throws(StoreError) -> [Episode] {
        try MemoryRows.episodes(try await plane.read(MemorySQL.episodes(page, plane)))
    }

    /// Removes an episode.
    public func deleteEpisode(id: UUID) async throws(StoreError) -> Bool {
        try await delete(plane.names.memoryEpisodes, id)
    }

    /// How many records there are.
    public func counts() async throws(StoreError) -> MemoryCounts {
        let rows = try await plane.read(MemorySQL.counts(plane))
            .stored((Int, Int, Int, Int, Int, Int).self, in: "memory_facts")
        var counts = MemoryCounts()
        for row in rows {
            counts.entities = row.0
            counts.relationships = row.1
            counts.episodes = row.2
            counts.facts = row.3
            counts.liveFacts = row.4
            counts.themes = row.5
        }
        return counts
    }

    /// Removes all memory records of the tenant.
    ///
    /// Locks: all of its rows.
    public func clear() async throws(StoreError) {
        _ = try await plane.write(MemorySQL.clear(plane))
    }

    func delete(_ table: QualifiedName, _ id: UUID) async throws(StoreError) -> Bool {
        try await !plane.write([MemorySQL.delete(table, id, plane)])[0].isEmpty
    }

    func write(_ queries: [PostgresQuery], _ write: MemoryWrite) async throws(StoreError) {
        do {
            _ = try await plane.run(queries)
        } catch {
            throw try await write.objection(to: error, plane)
        }
    }
}

extension Array where Element: Identifiable, Element.ID == UUID {
    /// Of records with one id the last.
    var lastOfEach: [Element] {
        guard Set(map(\.id)).count < count else { return self }
        var seen: Set<UUID> = []
        return Array(reversed().filter { seen.insert($0.id).inserted }.reversed())
    }

    /// By id.
    var byID: [UUID: Element] { Dictionary(map { ($0.id, $0) }) { first, _ in first } }

    /// Parts of 64, then of ever smaller powers of two: few shapes of one statement, so that it stays prepared.
    var chunks: [[Element]] {
        var parts: [[Element]] = []
        var rest = self[...]
        var size = 64
        while !rest.isEmpty {
            while size > rest.count { size /= 2 }
            parts.append(Array(rest.prefix(size)))
            rest = rest.dropFirst(size)
        }
        return parts
    }
}
