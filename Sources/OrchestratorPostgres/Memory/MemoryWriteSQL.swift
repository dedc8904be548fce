internal import AgentMemory
internal import FoundationEssentials
internal import JSONModel
internal import PostgresWire
internal import StoreContracts

/// The statements that write records.
///
/// Each takes rows of one kind; on conflict every column but the id, the tenant and an entity's `created_at` is replaced.
enum MemoryWriteSQL {
    static func entities(_ records: [Entity], _ plane: TenantPlane) -> PostgresQuery {
        let rows = records.map { record -> PostgresQuery in
            """
            (\(record.id), \(record.name), \(record.entityType), \(JSONValue.object(record.attributes)),
            \(record.embedding.map { PostgresVector($0) }), \(record.provenance.json), \(record.createdAt),
            \(record.updatedAt), \(record.invalidatedAt), \(record.supersededBy), \(plane.tenant.uuid))
            """
        }
        return upsert(
            plane.names.memoryEntities,
            [
                "name", "entity_type", "attributes", "embedding", "provenance", "created_at", "updated_at",
                "invalidated_at", "superseded_by",
            ], keeping: ["created_at"], rows, plane)
    }

    static func relationships(_ records: [Relationship], _ plane: TenantPlane) -> PostgresQuery {
        let rows = records.map { record -> PostgresQuery in
            """
            (\(record.id), \(record.sourceID), \(record.targetID), \(record.relationType),
            \(Float(record.weight)), \(JSONValue.object(record.attributes)), \(record.validFrom),
            \(record.validUntil), \(record.provenance.json), \(record.invalidatedBy), \(plane.tenant.uuid))
            """
        }
        return upsert(
            plane.names.memoryRelationships,
            [
                "source_id", "target_id", "relation_type", "weight", "attributes", "valid_from",
                "valid_until", "provenance", "invalidated_by",
            ], rows, plane)
    }

    static func episodes(_ records: [Episode], _ plane: TenantPlane) -> PostgresQuery {
        let rows = records.map { record -> PostgresQuery in
            """
            (\(record.id), \(record.topic), \(JSONValue.array(record.messages.map(\.json))),
            \(record.startedAt), \(record.endedAt), \(record.embedding.map { PostgresVector($0) }),
            \(ids(record.factIDs)), \(record.provenance.json), \(plane.tenant.uuid))
            """
        }
        return upsert(
            plane.names.memoryEpisodes,
            ["topic", "messages", "started_at", "ended_at", "embedding", "fact_ids", "provenance"], rows,
            plane)
    }

    static func themes(_ records: [Theme], _ plane: TenantPlane) -> PostgresQuery {
        let rows = records.map { record -> PostgresQuery in
            """
            (\(record.id), \(record.label), \(record.summary), \(ids(record.factIDs)),
            \(record.embedding.map { PostgresVector($0) }), \(record.provenance.json), \(plane.tenant.uuid))
            """
        }
        return upsert(
            plane.names.memoryThemes, ["label", "description", "fact_ids", "embedding", "provenance"], rows,
            plane)
    }

    static func facts(_ records: [SemanticFact], _ plane: TenantPlane) -> PostgresQuery {
        let rows = records.map { record -> PostgresQuery in
            """
            (\(record.id), \(record.content), \(ids(record.sourceEpisodeIDs)), \(ids(record.entityIDs)),
            \(record.themeID), \(record.embedding.map { PostgresVector($0) }), \(record.provenance.json),
            \(record.validFrom), \(record.validUntil), \(record.invalidatedBy), \(record.accessCount),
            \(record.lastAccessedAt), \(JSONValue.array(record.tags.map { .string($0) })),
            \(plane.tenant.uuid))
            """
        }
        return upsert(
            plane.names.memoryFacts,
            [
                "content", "source_episode_ids", "entity_ids", "theme_id", "embedding", "provenance",
                "valid_from", "valid_until", "invalidated_by", "access_count", "last_accessed_at", "tags",
            ], rows, plane)
    }

    private static func ids(_ ids: [UUID]) -> JSONValue { .array(ids.map { .string($0.text) }) }

    /// Writes rows; fails with ORC04 unless all of them are the tenant's now.
    ///
    /// Locks the rows that it replaces.
    private static func upsert(
        _ table: QualifiedName, _ columns: [String], keeping kept: Set<String> = [], _ rows: [PostgresQuery],
        _ plane: TenantPlane
    ) -> PostgresQuery {
        let list = columns.joined(separator: ", ")
        let updates = columns.filter { !kept.contains($0) }.map { "\($0) = EXCLUDED.\($0)" }
            .joined(separator: ", ")
        return """
            WITH written AS (
                INSERT INTO \(table) AS t (id, \(raw: list), tenant_id) VALUES \(joined(rows))
                ON CONFLICT (id) DO UPDATE SET \(raw: updates) WHERE t.tenant_id = \(plane.tenant.uuid)
                RETURNING t.id)
            SELECT \(plane.names.require)((SELECT count(*) FROM written) = \(rows.count),
                \(raw: "'\(SQLState.foreignTenant)'"), 'an id belongs to another tenant')
            """
    }

    private static func joined(_ rows: [PostgresQuery]) -> PostgresQuery {
        var query = rows.first ?? ""
        for row in rows.dropFirst() { query = "\(query), \(row)" }
        return query
    }

    /// Removes the rows that join facts to entities.
    static func unlink(_ facts: [SemanticFact], _ plane: TenantPlane) -> PostgresQuery {
        """
        DELETE FROM \(plane.names.memoryEntityFacts)
        WHERE fact_id = ANY (\(facts.map(\.id))) AND tenant_id = \(plane.tenant.uuid)
        """
    }

    /// Joins facts to those of their entities that are stored.
    static func link(_ facts: [SemanticFact], _ plane: TenantPlane) -> PostgresQuery {
        let pairs = facts.flatMap { fact in fact.entityIDs.withoutRepeats.map { (fact.id, $0) } }
        return """
            INSERT INTO \(plane.names.memoryEntityFacts) (fact_id, entity_id, tenant_id)
            SELECT new.fact_id, new.entity_id, \(plane.tenant.uuid)
            FROM unnest(\(pairs.map(\.0)), \(pairs.map(\.1))) AS new (fact_id, entity_id)
            JOIN \(plane.names.memoryEntities) AS e
                ON e.id = new.entity_id AND e.tenant_id = \(plane.tenant.uuid)
            ON CONFLICT DO NOTHING
            """
    }

    /// Joins entities to the facts that name them and were stored before them.
    static func backfill(_ entities: [Entity], _ plane: TenantPlane) -> PostgresQuery {
        """
        INSERT INTO \(plane.names.memoryEntityFacts) (fact_id, entity_id, tenant_id)
        SELECT f.id, new.id, \(plane.tenant.uuid)
        FROM \(plane.names.memoryFacts) AS f JOIN unnest(\(entities.map(\.id))) AS new (id)
            ON f.entity_ids ? new.id::text
        WHERE f.tenant_id = \(plane.tenant.uuid) AND f.entity_ids ?| \(entities.map(\.id.text))
        ON CONFLICT DO NOTHING
        """
    }

    /// Fails with ORC04 if a referenced row is not there for the tenant.
    static func requireStored(
        _ ids: [UUID], in table: QualifiedName, _ plane: TenantPlane
    ) -> PostgresQuery {
        """
        SELECT \(plane.names.require)(NOT EXISTS (
            SELECT FROM unnest(\(ids)) AS wanted (id) WHERE NOT EXISTS (
                SELECT FROM \(table) AS t WHERE t.id = wanted.id AND t.tenant_id = \(plane.tenant.uuid))),
            \(raw: "'\(SQLState.contentDiffers)'"), 'a record names one that is not stored')
        """
    }
}
