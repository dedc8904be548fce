public import FoundationEssentials
public import StoreContracts

extension InMemoryMemoryStore {
    /// Stores facts; the theme of a fact must be stored, its entities need not be.
    public func putFacts(_ facts: [SemanticFact]) async throws(StoreError) {
        for fact in facts {
            try fact.validate()
            try memory.check(fact.embedding, "putFacts")
        }
        try memory.run { (tables) throws(StoreError) in
            try MemoryTables.requireOwn(facts, in: tables.facts, of: tenant, "memory_facts")
            for theme in facts.compactMap(\.themeID) {
                try MemoryTables.require(theme, in: tables.themes, of: tenant, "memory_themes")
            }
            for fact in facts.map(\.stored) {
                tables.facts[fact.id] = OwnedRow(record: fact, tenant: tenant)
            }
        }
    }

    /// The facts with these ids.
    public func getFacts(_ ids: [UUID]) async throws(StoreError) -> [UUID: SemanticFact] {
        memory.read { $0.facts.pick(ids, tenant) }
    }

    /// A part of the facts that pass, newest first.
    public func findFacts(_ filter: FactFilter, _ page: Page) async throws(StoreError) -> [SemanticFact] {
        let facts = memory.read { tables in
            tables.facts.all(tenant).filter { tables.admits($0, filter, tenant) }
        }
        let chosen = page.selectNewest(from: facts) { $0.validFrom }
        return filter.includesEmbeddings ? chosen : chosen.map(\.withoutEmbedding)
    }

    /// Removes a fact.
    public func deleteFact(id: UUID) async throws(StoreError) -> Bool {
        memory.read { $0.facts.remove(id, tenant) }
    }

    /// Counts one more access of each fact.
    public func touchFacts(_ ids: [UUID], at instant: Date?) async throws(StoreError) {
        let instant = (instant ?? memory.clock.now()).memoryPrecision
        memory.read { tables in
            for id in Set(ids) where tables.facts[id]?.tenant == tenant {
                tables.facts[id]?.record.accessCount += 1
                tables.facts[id]?.record.lastAccessedAt = instant
            }
        }
    }

    /// Stores themes.
    public func putThemes(_ themes: [Theme]) async throws(StoreError) {
        for theme in themes {
            try theme.validate()
            try memory.check(theme.embedding, "putThemes")
        }
        try memory.run { (tables) throws(StoreError) in
            try MemoryTables.requireOwn(themes, in: tables.themes, of: tenant, "memory_themes")
            for theme in themes.map(\.stored) {
                tables.themes[theme.id] = OwnedRow(record: theme, tenant: tenant)
            }
        }
    }

    /// The themes with these ids.
    public func getThemes(_ ids: [UUID]) async throws(StoreError) -> [UUID: Theme] {
        memory.read { $0.themes.pick(ids, tenant) }
    }

    /// A part of the themes; a cursor's instant does not matter.
    public func listThemes(_ page: Page) async throws(StoreError) -> [Theme] {
        let themes = memory.read { $0.themes.all(tenant) }.sorted { $0.id.text < $1.id.text }
        guard case .after(let cursor) = page.start else { return page.select(from: themes) }
        return Array(themes.drop { $0.id.text <= cursor.id.text }.prefix(page.limit))
    }

    /// Removes a theme and takes it from its facts.
    public func deleteTheme(id: UUID) async throws(StoreError) -> Bool {
        memory.read { tables in
            guard tables.themes.remove(id, tenant) else { return false }
            for (key, row) in tables.facts where row.record.themeID == id {
                tables.facts[key]?.record.themeID = nil
            }
            return true
        }
    }

    /// Writes the decisions of a pass and their rows in the log.
    public func applyRetention(
        _ report: RetentionReport, candidateTag: String, verifiedTag: String
    ) async throws(StoreError) {
        guard !report.isEmpty else { return }
        let ids = TimeOrderedIDs()
        let rows = report.rows(at: memory.clock.now(), passID: ids.next(), nextID: ids.next)
        memory.read { tables in
            func isOpen(_ id: UUID) -> Bool {
                guard let row = tables.facts[id], row.tenant == tenant else { return false }
                return row.record.invalidatedBy == nil && row.record.tags.contains(candidateTag)
            }
            for promotion in report.promoted where isOpen(promotion.factID) {
                tables.facts[promotion.factID]?.record.promote(from: candidateTag, to: verifiedTag)
            }
            for eviction in report.evicted where isOpen(eviction.factID) {
                tables.facts[eviction.factID]?.record.invalidatedBy = eviction.reason.rawValue
            }
            tables.decisions += rows.map { OwnedRow(record: $0, tenant: tenant) }
        }
    }
}

extension SemanticFact {
    /// Puts the verified tag in place of the candidate tag.
    mutating func promote(from candidateTag: String, to verifiedTag: String) {
        tags.removeAll { $0 == candidateTag }
        if !tags.contains(verifiedTag) { tags.append(verifiedTag) }
    }
}

extension MemoryTables {
    /// Whether a fact passes all of a filter, entities included: only stored ones count.
    func admits(_ fact: SemanticFact, _ filter: FactFilter, _ tenant: TenantID) -> Bool {
        if let ids = filter.entityIDs {
            let wanted = Set(ids)
            guard fact.entityIDs.contains(where: { wanted.contains($0) && entities[$0]?.tenant == tenant })
            else { return false }
        }
        return filter.admits(fact)
    }
}
