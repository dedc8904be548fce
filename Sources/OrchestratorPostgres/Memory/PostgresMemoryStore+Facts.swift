public import AgentMemory
public import FoundationEssentials
internal import PostgresWire
public import StoreContracts

extension PostgresMemoryStore {
    /// Stores facts, in statements of up to 64 rows, and joins them to those of their entities that are stored.
    ///
    /// - Throws: `invalidArgument`, `dimensionMismatch`, `missingRecord` for an unknown theme, `tenantConflict`.
    public func putFacts(_ facts: [SemanticFact]) async throws(StoreError) {
        for fact in facts { try fact.validate() }
        let records = facts.map(\.stored).lastOfEach
        guard !records.isEmpty else { return }
        let themes = records.compactMap(\.themeID).withoutRepeats
        var queries: [PostgresQuery] = []
        if !themes.isEmpty {
            queries.append(MemoryWriteSQL.requireStored(themes, in: plane.names.memoryThemes, plane))
        }
        queries += records.chunks.map { MemoryWriteSQL.facts($0, plane) }
        queries.append(MemoryWriteSQL.unlink(records, plane))
        if records.contains(where: { !$0.entityIDs.isEmpty }) {
            queries.append(MemoryWriteSQL.link(records, plane))
        }
        try await write(
            queries, MemoryWrite(records, "memory_facts", refersTo: themes, in: "memory_themes"))
    }

    /// The facts with these ids.
    ///
    /// - Throws: `corruptRecord`.
    public func getFacts(_ ids: [UUID]) async throws(StoreError) -> [UUID: SemanticFact] {
        guard !ids.isEmpty else { return [:] }
        let columns = MemorySQL.columns(MemorySQL.factColumns, withVector: true)
        let query = MemorySQL.pick(columns, plane.names.memoryFacts, ids.withoutRepeats, plane)
        return try MemoryRows.facts(try await plane.read(query)).byID
    }

    /// A part of the facts that pass, newest first.
    ///
    /// - Throws: `corruptRecord`.
    public func findFacts(_ filter: FactFilter, _ page: Page) async throws(StoreError) -> [SemanticFact] {
        guard page.limit > 0 else { return [] }
        return try MemoryRows.facts(try await plane.read(MemorySQL.facts(filter, page, plane)))
    }

    /// Removes a fact.
    public func deleteFact(id: UUID) async throws(StoreError) -> Bool {
        try await delete(plane.names.memoryFacts, id)
    }

    /// Counts one more access of each fact.
    ///
    /// Locks: their rows.
    public func touchFacts(_ ids: [UUID], at instant: Date?) async throws(StoreError) {
        guard !ids.isEmpty else { return }
        _ = try await plane.write([MemorySQL.touch(ids, at: instant?.memoryPrecision, plane)])
    }

    /// Stores themes, in statements of up to 64 rows.
    ///
    /// - Throws: `invalidArgument`, `dimensionMismatch`, `tenantConflict`.
    public func putThemes(_ themes: [Theme]) async throws(StoreError) {
        for theme in themes { try theme.validate() }
        let records = themes.map(\.stored).lastOfEach
        guard !records.isEmpty else { return }
        let chunks = records.chunks.map { MemoryWriteSQL.themes($0, plane) }
        try await write(chunks, MemoryWrite(records, "memory_themes"))
    }

    /// The themes with these ids.
    ///
    /// - Throws: `corruptRecord`.
    public func getThemes(_ ids: [UUID]) async throws(StoreError) -> [UUID: Theme] {
        guard !ids.isEmpty else { return [:] }
        let columns = MemorySQL.columns(MemorySQL.themeColumns, withVector: true)
        let query = MemorySQL.pick(columns, plane.names.memoryThemes, ids.withoutRepeats, plane)
        return try MemoryRows.themes(try await plane.read(query)).byID
    }

    /// A part of the themes; a cursor's instant does not matter.
    ///
    /// - Throws: `corruptRecord`.
    public func listThemes(_ page: Page) async throws(StoreError) -> [Theme] {
        try MemoryRows.themes(try await plane.read(MemorySQL.themes(page, plane)))
    }

    /// Removes a theme and takes it from its facts.
    ///
    /// Locks: the theme and its facts.
    public func deleteTheme(id: UUID) async throws(StoreError) -> Bool {
        try await delete(plane.names.memoryThemes, id)
    }

    /// Writes the decisions of a pass and their rows in the log: one transaction, one round trip.
    ///
    /// Locks: the promoted and evicted facts.
    public func applyRetention(
        _ report: RetentionReport, candidateTag: String, verifiedTag: String
    ) async throws(StoreError) {
        guard !report.isEmpty else { return }
        var queries: [PostgresQuery] = []
        if !report.promoted.isEmpty {
            queries.append(
                MemorySQL.promote(
                    report.promoted.map(\.factID), from: candidateTag, to: verifiedTag, plane))
        }
        if !report.evicted.isEmpty {
            queries.append(MemorySQL.evict(report.evicted, candidateTag, plane))
        }
        queries.append(OutcomeSQL.decisions(report, at: nil, plane))
        _ = try await plane.write(queries)
    }
}
