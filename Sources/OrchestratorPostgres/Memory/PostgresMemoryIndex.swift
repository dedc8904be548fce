public import AgentMemory
public import FoundationEssentials
public import PostgresWire
public import StoreContracts

/// Finds the records nearest to a vector, with pgvector's HNSW indexes.
///
/// Every search is one transaction and one network round trip, and sends the vector once, in binary form: 4 bytes a
/// dimension. Tenant, validity and tags are filtered before the cut. With pgvector 0.8 and newer the index is read on
/// until enough rows pass; whatever the version, a search that would come back with fewer is done again without
/// the index, in the same statement. The tables have indexes for the cosine; other distances need one of their own, or compare
/// with every row. The extension must lie in the `search_path` of the pool.
public struct PostgresMemoryIndex: MemoryIndex {
    let plane: TenantPlane
    let index: PostgresIndexOptions

    /// Creates an index; nothing is sent yet.
    ///
    /// - Parameters:
    ///   - client: The pool. Its role may be the owner of the tables, or a member of `cycgraph_app`.
    ///   - tenant: Whose records it searches.
    ///   - index: How searches use the indexes of the tables.
    ///   - storage: The schema that was migrated, and time limits.
    public init(
        _ client: PostgresClient, tenant: TenantID = .seed,
        index: PostgresIndexOptions = PostgresIndexOptions(),
        storage: PostgresStorageOptions = PostgresStorageOptions()
    ) {
        plane = TenantPlane(client, tenant: tenant, storage: storage)
        self.index = index
    }

    /// The facts nearest to a vector that pass the filter.
    ///
    /// - Throws: `invalidArgument`, `dimensionMismatch`, `corruptRecord`.
    public func searchFacts(
        _ embedding: [Float], _ options: SearchOptions
    ) async throws(StoreError) -> [ScoredRecord<SemanticFact>] {
        let condition = MemorySQL.condition(options.filter, plane)
        return try await search(facts(condition, embedding, options), embedding, "searchFacts") {
            (rows) throws(StoreError) in try MemoryRows.facts(rows)
        }
    }

    /// Of some facts those that pass the filter and have a vector, nearest first; always exact.
    ///
    /// - Throws: `invalidArgument`, `dimensionMismatch`, `corruptRecord`.
    public func rankFacts(
        _ ids: [UUID], _ embedding: [Float], _ options: SearchOptions
    ) async throws(StoreError) -> [ScoredRecord<SemanticFact>] {
        let condition: PostgresQuery = """
            \(MemorySQL.condition(options.filter, plane)) AND t.id = ANY (\(ids))
            """
        return try await search(facts(condition, embedding, options, isExact: true), embedding, "rankFacts") {
            (rows) throws(StoreError) in try MemoryRows.facts(rows)
        }
    }

    /// The facts nearest to each of several vectors: one transaction and one round trip for all of them.
    ///
    /// - Throws: `invalidArgument`, `dimensionMismatch`, `corruptRecord`.
    public func searchMany(
        _ embeddings: [[Float]], _ options: SearchOptions
    ) async throws(StoreError) -> [[ScoredRecord<SemanticFact>]] {
        for embedding in embeddings { try options.validate(embedding) }
        let useful = embeddings.filter { !options.isFutile($0) }
        guard let first = useful.first else { return embeddings.map { _ in [] } }
        let condition = MemorySQL.condition(options.filter, plane)
        let queries = useful.map { facts(condition, $0, options).query($0) }
        let settings = facts(condition, first, options).settings
        var answers: [PostgresRows]
        do {
            answers = Array(try await plane.run([settings] + queries).dropFirst())
        } catch {
            throw Self.mapped(error, "searchMany")
        }
        var results: [[ScoredRecord<SemanticFact>]] = []
        for embedding in embeddings {
            guard !options.isFutile(embedding), !answers.isEmpty else {
                results.append([])
                continue
            }
            let rows = answers.removeFirst()
            let sql = facts(condition, embedding, options)
            results.append(Self.scored(try MemoryRows.facts(rows), try Self.scores(rows, sql)))
        }
        return results
    }

    /// The entities nearest to a vector.
    ///
    /// - Throws: `invalidArgument`, `dimensionMismatch`, `corruptRecord`.
    public func searchEntities(
        _ embedding: [Float], _ options: SearchOptions
    ) async throws(StoreError) -> [ScoredRecord<Entity>] {
        let live: PostgresQuery = options.filter.includeInvalidated ? "" : "AND t.invalidated_at IS NULL"
        let sql = SearchSQL(
            table: plane.names.memoryEntities, columns: columns(MemorySQL.entityColumns, options),
            condition: "t.tenant_id = \(plane.tenant.uuid) \(live)", options: options, index: index,
            dimensions: embedding.count)
        return try await search(sql, embedding, "searchEntities") {
            (rows) throws(StoreError) in try MemoryRows.entities(rows)
        }
    }

    /// The themes nearest to a vector.
    ///
    /// - Throws: `invalidArgument`, `dimensionMismatch`, `corruptRecord`.
    public func searchThemes(
        _ embedding: [Float], _ options: SearchOptions
    ) async throws(StoreError) -> [ScoredRecord<Theme>] {
        let sql = SearchSQL(
            table: plane.names.memoryThemes, columns: columns(MemorySQL.themeColumns, options),
            condition: "t.tenant_id = \(plane.tenant.uuid)", options: options, index: index,
            dimensions: embedding.count)
        return try await search(sql, embedding, "searchThemes") {
            (rows) throws(StoreError) in try MemoryRows.themes(rows)
        }
    }

    /// The episodes nearest to a vector.
    ///
    /// - Throws: `invalidArgument`, `dimensionMismatch`, `corruptRecord`.
    public func searchEpisodes(
        _ embedding: [Float], _ options: SearchOptions
    ) async throws(StoreError) -> [ScoredRecord<Episode>] {
        let sql = SearchSQL(
            table: plane.names.memoryEpisodes, columns: columns(MemorySQL.episodeColumns, options),
            condition: "t.tenant_id = \(plane.tenant.uuid)", options: options, index: index,
            dimensions: embedding.count)
        return try await search(sql, embedding, "searchEpisodes") {
            (rows) throws(StoreError) in try MemoryRows.episodes(rows)
        }
    }

    private func columns(_ columns: String, _ options: SearchOptions) -> String {
        MemorySQL.columns(
            columns, withVector: options.filter.includesEmbeddings, distance: "n.distance")
    }

    private func facts(
        _ condition: PostgresQuery, _ embedding: [Float], _ options: SearchOptions, isExact: Bool = false
    ) -> SearchSQL {
        var index = index
        if isExact { index.isExact = true }
        return SearchSQL(
            table: plane.names.memoryFacts, columns: columns(MemorySQL.factColumns, options),
            condition: condition, options: options, index: index, dimensions: embedding.count)
    }

    private func search<Record>(
        _ sql: SearchSQL, _ embedding: [Float], _ context: String,
        _ read: (PostgresRows) throws(StoreError) -> [Record]
    ) async throws(StoreError) -> [ScoredRecord<Record>] {
        try sql.options.validate(embedding)
        guard !sql.options.isFutile(embedding) else { return [] }
        let rows: PostgresRows
        do {
            rows = try await plane.run([sql.settings, sql.query(embedding)])[1]
        } catch {
            throw Self.mapped(error, context)
        }
        return Self.scored(try read(rows), try Self.scores(rows, sql))
    }

    private static func mapped(_ error: PostgresError, _ context: String) -> StoreError {
        StoreError(dimensionsOf: error, context: context) ?? StoreError(mapping: error, isRead: true)
    }

    /// The scores, from the last column.
    private static func scores(_ rows: PostgresRows, _ sql: SearchSQL) throws(StoreError) -> [Double] {
        var scores: [Double] = []
        for row in rows {
            do {
                scores.append(sql.score(try row.decode(Double.self, named: "distance")))
            } catch {
                throw StoreError(.corruptRecord(table: "a search", id: "a row"), cause: error.description)
            }
        }
        return scores
    }

    private static func scored<Record>(_ records: [Record], _ scores: [Double]) -> [ScoredRecord<Record>] {
        zip(records, scores).map { ScoredRecord(item: $0, score: $1) }
    }
}
