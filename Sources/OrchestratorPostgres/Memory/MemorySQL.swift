internal import AgentMemory
internal import FoundationEssentials
internal import PostgresWire
internal import StoreContracts

/// The statements that read, touch and remove records.
enum MemorySQL {
    /// The columns of each kind, in the order in which the readers take them, without vector.
    static let entityColumns = """
        t.id, t.name, t.entity_type, t.attributes, t.provenance, t.created_at, t.updated_at,
        t.invalidated_at, t.superseded_by
        """
    static let relationshipColumns = """
        t.id, t.source_id, t.target_id, t.relation_type, t.weight, t.attributes, t.valid_from, t.valid_until,
        t.provenance, t.invalidated_by
        """
    static let episodeColumns = """
        t.id, t.topic, t.messages, t.started_at, t.ended_at, t.fact_ids, t.provenance
        """
    static let themeColumns = "t.id, t.label, t.description, t.fact_ids, t.provenance"
    static let factColumns = """
        t.id, t.content, t.source_episode_ids, t.entity_ids, t.theme_id, t.provenance, t.valid_from,
        t.valid_until, t.invalidated_by, t.access_count, t.last_accessed_at, t.tags
        """

    /// The columns with the vector, or NULL in its place, and the distance of a search at their end.
    static func columns(
        _ columns: String, withVector: Bool, distance: String = "NULL::float8"
    ) -> String {
        columns + (withVector ? ", t.embedding, " : ", NULL::vector, ") + distance
    }

    /// Reads records by id.
    static func pick(
        _ columns: String, _ table: QualifiedName, _ ids: [UUID], _ plane: TenantPlane
    ) -> PostgresQuery {
        """
        SELECT \(raw: columns) FROM \(table) AS t
        WHERE t.id = ANY (\(ids)) AND t.tenant_id = \(plane.tenant.uuid)
        """
    }

    /// Reads a page of entities, oldest first.
    static func entities(_ filter: EntityFilter, _ page: Page, _ plane: TenantPlane) -> PostgresQuery {
        var condition: PostgresQuery = "t.tenant_id = \(plane.tenant.uuid)"
        if let kind = filter.entityType, !kind.isEmpty {
            condition = "\(condition) AND t.entity_type = \(kind)"
        }
        if !filter.includeInvalidated { condition = "\(condition) AND t.invalidated_at IS NULL" }
        return """
            SELECT \(raw: columns(entityColumns, withVector: true)) FROM \(plane.names.memoryEntities) AS t
            WHERE \(condition) \(page.condition(on: "created_at", .oldestFirst))
            \(page.end(by: "created_at", .oldestFirst))
            """
    }

    /// Reads the edges of entities, oldest first.
    static func relationships(
        _ ids: [UUID], _ filter: RelationshipFilter, _ plane: TenantPlane
    ) -> PostgresQuery {
        var condition: PostgresQuery
        switch filter.direction {
        case .outgoing: condition = "t.source_id = ANY (\(ids))"
        case .incoming: condition = "t.target_id = ANY (\(ids))"
        case .both: condition = "(t.source_id = ANY (\(ids)) OR t.target_id = ANY (\(ids)))"
        }
        let kinds = filter.relationTypes.filter { !$0.isEmpty }
        if !kinds.isEmpty { condition = "\(condition) AND t.relation_type = ANY (\(kinds))" }
        if !filter.includeInvalidated { condition = "\(condition) AND t.invalidated_by IS NULL" }
        if let instant = filter.validAt {
            condition = """
                \(condition) AND t.valid_from <= \(instant)
                AND (t.valid_until IS NULL OR t.valid_until > \(instant))
                """
        }
        return """
            SELECT \(raw: relationshipColumns) FROM \(plane.names.memoryRelationships) AS t
            WHERE t.tenant_id = \(plane.tenant.uuid) AND \(condition) ORDER BY t.valid_from, t.id
            """
    }

    /// Reads a page of episodes, newest first.
    static func episodes(_ page: Page, _ plane: TenantPlane) -> PostgresQuery {
        """
        SELECT \(raw: columns(episodeColumns, withVector: true)) FROM \(plane.names.memoryEpisodes) AS t
        WHERE t.tenant_id = \(plane.tenant.uuid) \(newest(page, "started_at"))
        """
    }

    /// Reads a page of themes, by id.
    static func themes(_ page: Page, _ plane: TenantPlane) -> PostgresQuery {
        var condition: PostgresQuery = "t.tenant_id = \(plane.tenant.uuid)"
        var offset = 0
        switch page.start {
        case .offset(let rows): offset = rows
        case .after(let cursor): condition = "\(condition) AND t.id > \(cursor.id)"
        }
        return """
            SELECT \(raw: columns(themeColumns, withVector: true)) FROM \(plane.names.memoryThemes) AS t
            WHERE \(condition) ORDER BY t.id LIMIT \(page.limit) OFFSET \(offset)
            """
    }

    /// Reads a page of facts, newest first.
    static func facts(_ filter: FactFilter, _ page: Page, _ plane: TenantPlane) -> PostgresQuery {
        let list = columns(factColumns, withVector: filter.includesEmbeddings)
        return """
            SELECT \(raw: list) FROM \(plane.names.memoryFacts) AS t
            WHERE \(condition(filter, plane)) \(newest(page, "valid_from"))
            """
    }

    /// The place, order and bounds of a page, by an instant descending, then by id ascending.
    private static func newest(_ page: Page, _ instant: String) -> PostgresQuery {
        var offset = 0
        var place: PostgresQuery = ""
        switch page.start {
        case .offset(let rows): offset = rows
        case .after(let cursor):
            place = """
                AND t.\(raw: instant) <= \(cursor.instant)
                AND (t.\(raw: instant) < \(cursor.instant) OR t.id > \(cursor.id))
                """
        }
        return "\(place) ORDER BY t.\(raw: instant) DESC, t.id LIMIT \(page.limit) OFFSET \(offset)"
    }

    /// The conditions of a filter on facts.
    static func condition(_ filter: FactFilter, _ plane: TenantPlane) -> PostgresQuery {
        var query: PostgresQuery = "t.tenant_id = \(plane.tenant.uuid)"
        if !filter.includeInvalidated { query = "\(query) AND t.invalidated_by IS NULL" }
        if let theme = filter.themeID { query = "\(query) AND t.theme_id = \(theme)" }
        if let ids = filter.entityIDs {
            query = """
                \(query) AND t.id IN (SELECT j.fact_id FROM \(plane.names.memoryEntityFacts) AS j
                    WHERE j.entity_id = ANY (\(ids)) AND j.tenant_id = \(plane.tenant.uuid))
                """
        }
        if !filter.tags.isEmpty { query = "\(query) AND t.tags ?| \(filter.tags)" }
        if !filter.requiredTags.isEmpty { query = "\(query) AND t.tags ?& \(filter.requiredTags)" }
        if !filter.excludeTags.isEmpty { query = "\(query) AND NOT t.tags ?| \(filter.excludeTags)" }
        if let instant = filter.validAt {
            query = """
                \(query) AND t.valid_from <= \(instant)
                AND (t.valid_until IS NULL OR t.valid_until > \(instant))
                """
        }
        if let instant = filter.changedSince {
            query = "\(query) AND (t.valid_from > \(instant) OR t.valid_until > \(instant))"
        }
        return query
    }

    /// Counts one more access of facts.
    ///
    /// Locks their rows.
    static func touch(_ ids: [UUID], at instant: Date?, _ plane: TenantPlane) -> PostgresQuery {
        """
        UPDATE \(plane.names.memoryFacts) SET access_count = COALESCE(access_count, 0) + 1,
            last_accessed_at = COALESCE(\(instant), date_trunc('milliseconds', now()))
        WHERE id = ANY (\(ids)) AND tenant_id = \(plane.tenant.uuid)
        """
    }

    /// Removes a record.
    static func delete(_ table: QualifiedName, _ id: UUID, _ plane: TenantPlane) -> PostgresQuery {
        "DELETE FROM \(table) WHERE id = \(id) AND tenant_id = \(plane.tenant.uuid) RETURNING id"
    }

    /// Takes an entity's id from the facts about it.
    static func forget(_ entity: UUID, _ plane: TenantPlane) -> PostgresQuery {
        """
        UPDATE \(plane.names.memoryFacts) SET entity_ids = entity_ids - \(entity.text)
        WHERE tenant_id = \(plane.tenant.uuid) AND id IN (
            SELECT fact_id FROM \(plane.names.memoryEntityFacts)
            WHERE entity_id = \(entity) AND tenant_id = \(plane.tenant.uuid))
        """
    }

    /// Counts the records of each kind.
    static func counts(_ plane: TenantPlane) -> PostgresQuery {
        let tenant = plane.tenant.uuid
        return """
            SELECT (SELECT count(*) FROM \(plane.names.memoryEntities) WHERE tenant_id = \(tenant)),
                (SELECT count(*) FROM \(plane.names.memoryRelationships) WHERE tenant_id = \(tenant)),
                (SELECT count(*) FROM \(plane.names.memoryEpisodes) WHERE tenant_id = \(tenant)),
                (SELECT count(*) FROM \(plane.names.memoryFacts) WHERE tenant_id = \(tenant)),
                (SELECT count(*) FROM \(plane.names.memoryFacts) WHERE tenant_id = \(tenant)
                    AND invalidated_by IS NULL),
                (SELECT count(*) FROM \(plane.names.memoryThemes) WHERE tenant_id = \(tenant))
            """
    }

    /// Removes all records of the tenant, those that refer to others first.
    static func clear(_ plane: TenantPlane) -> [PostgresQuery] {
        [
            plane.names.memoryEntityFacts, plane.names.memoryFacts, plane.names.memoryRelationships,
            plane.names.memoryEpisodes, plane.names.memoryThemes, plane.names.memoryEntities,
        ].map { "DELETE FROM \($0) WHERE tenant_id = \(plane.tenant.uuid)" }
    }

    /// Promotes facts that still are live candidates.
    static func promote(
        _ ids: [UUID], from candidateTag: String, to verifiedTag: String, _ plane: TenantPlane
    ) -> PostgresQuery {
        """
        UPDATE \(plane.names.memoryFacts) SET tags = (tags - \(candidateTag)) || CASE
            WHEN tags ? \(verifiedTag) THEN '[]'::jsonb ELSE jsonb_build_array(\(verifiedTag)::text) END
        WHERE id = ANY (\(ids)) AND tenant_id = \(plane.tenant.uuid) AND invalidated_by IS NULL
            AND tags ? \(candidateTag)
        """
    }

    /// Makes facts void that still are live candidates.
    static func evict(
        _ evictions: [RetentionReport.Eviction], _ candidateTag: String, _ plane: TenantPlane
    ) -> PostgresQuery {
        """
        UPDATE \(plane.names.memoryFacts) AS t SET invalidated_by = new.reason
        FROM unnest(\(evictions.map(\.factID)), \(evictions.map(\.reason.rawValue))) AS new (id, reason)
        WHERE t.id = new.id AND t.tenant_id = \(plane.tenant.uuid) AND t.invalidated_by IS NULL
            AND t.tags ? \(candidateTag)
        """
    }
}
