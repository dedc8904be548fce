internal import AgentMemory
internal import FoundationEssentials
internal import JSONModel
internal import PostgresWire
internal import StoreContracts

/// Reads records from rows; a score may follow the columns of `MemorySQL`.
enum MemoryRows {
    static func entities(_ rows: PostgresRows) throws(StoreError) -> [Entity] {
        let table = "memory_entities"
        let tuples = try rows.stored(
            (
                UUID, String, String, JSONValue?, JSONValue, Date, Date, Date?, UUID?, PostgresVector?,
                Double?
            ).self, in: table)
        var records: [Entity] = []
        for row in tuples {
            records.append(
                Entity(
                    id: row.0, name: row.1, entityType: row.2, attributes: row.3?.objectValue ?? [:],
                    embedding: row.9?.elements, provenance: try provenance(row.4, table, row.0),
                    createdAt: row.5, updatedAt: row.6, invalidatedAt: row.7, supersededBy: row.8))
        }
        return records
    }

    static func relationships(_ rows: PostgresRows) throws(StoreError) -> [Relationship] {
        let table = "memory_relationships"
        let tuples = try rows.stored(
            (
                UUID, UUID, UUID, String, Float, JSONValue?, Date, Date?, JSONValue, String?
            ).self, in: table)
        var records: [Relationship] = []
        for row in tuples {
            records.append(
                Relationship(
                    id: row.0, sourceID: row.1, targetID: row.2, relationType: row.3,
                    weight: Double(row.4.description) ?? Double(row.4),
                    attributes: row.5?.objectValue ?? [:], validFrom: row.6, validUntil: row.7,
                    provenance: try provenance(row.8, table, row.0), invalidatedBy: row.9))
        }
        return records
    }

    static func episodes(_ rows: PostgresRows) throws(StoreError) -> [Episode] {
        let table = "memory_episodes"
        let tuples = try rows.stored(
            (UUID, String, JSONValue, Date, Date, JSONValue?, JSONValue, PostgresVector?, Double?).self,
            in: table)
        var records: [Episode] = []
        for row in tuples {
            var messages: [Message] = []
            do throws(StoreError) {
                for message in row.2.arrayValue ?? [] { messages.append(try Message(json: message)) }
            } catch {
                throw StoreError(.corruptRecord(table: table, id: row.0.text), cause: error.description)
            }
            records.append(
                Episode(
                    id: row.0, topic: row.1, messages: messages, startedAt: row.3, endedAt: row.4,
                    embedding: row.7?.elements, factIDs: try ids(row.5, table, row.0),
                    provenance: try provenance(row.6, table, row.0)))
        }
        return records
    }

    static func themes(_ rows: PostgresRows) throws(StoreError) -> [Theme] {
        let table = "memory_themes"
        let tuples = try rows.stored(
            (UUID, String, String?, JSONValue?, JSONValue, PostgresVector?, Double?).self, in: table)
        var records: [Theme] = []
        for row in tuples {
            records.append(
                Theme(
                    id: row.0, label: row.1, summary: row.2 ?? "", factIDs: try ids(row.3, table, row.0),
                    embedding: row.5?.elements, provenance: try provenance(row.4, table, row.0)))
        }
        return records
    }

    static func facts(_ rows: PostgresRows) throws(StoreError) -> [SemanticFact] {
        let table = "memory_facts"
        let tuples = try rows.stored(
            (
                UUID, String, JSONValue?, JSONValue?, UUID?, JSONValue, Date, Date?, String?, Int?, Date?,
                JSONValue, PostgresVector?, Double?
            ).self, in: table)
        var records: [SemanticFact] = []
        records.reserveCapacity(tuples.count)
        for row in tuples {
            records.append(
                SemanticFact(
                    id: row.0, content: row.1, sourceEpisodeIDs: try ids(row.2, table, row.0),
                    entityIDs: try ids(row.3, table, row.0), themeID: row.4, embedding: row.12?.elements,
                    provenance: try provenance(row.5, table, row.0), validFrom: row.6, validUntil: row.7,
                    invalidatedBy: row.8, accessCount: row.9 ?? 0, lastAccessedAt: row.10,
                    tags: (row.11.arrayValue ?? []).compactMap(\.stringValue)))
        }
        return records
    }

    private static func provenance(
        _ json: JSONValue, _ table: String, _ id: UUID
    ) throws(StoreError) -> Provenance {
        do {
            return try Provenance(json: json)
        } catch {
            throw StoreError(.corruptRecord(table: table, id: id.text), cause: error.description)
        }
    }

    private static func ids(_ json: JSONValue?, _ table: String, _ id: UUID) throws(StoreError) -> [UUID] {
        let values = json?.arrayValue ?? []
        let ids = values.compactMap { $0.stringValue.flatMap { UUID(text: $0) } }
        guard ids.count == values.count else {
            throw StoreError(
                .corruptRecord(table: table, id: id.text), cause: "a list of ids holds something else")
        }
        return ids
    }
}
