#if CLI
import FoundationEssentials
import PostgresWire
import StoreContracts

/// The statements by which the demo's handlers read the knowledge graph.
struct ResearchLibrary: Sendable {
    /// How many candidates a search returns.
    static let limit = 20

    let client: PostgresClient

    /// The embedding of a stored question.
    func embedding(of question: UUID) async throws -> PostgresVector {
        let rows = try await read("SELECT embedding FROM embeddings WHERE id = \(question)")
        guard let row = rows.first else { throw ResearchError("the question \(question.text) is not stored") }
        return try row.decode(PostgresVector.self, at: 0)
    }

    /// The facts nearest to a vector by cosine distance, over the HNSW index; best first.
    ///
    /// `breadth` is the size of the index's candidate list. Source: pgvector's README, "HNSW", "Query Options".
    func nearest(to vector: PostgresVector, limit: Int = limit, breadth: Int) async throws -> [Candidate] {
        let rows = try await read(
            """
            SELECT id, 1 - (embedding <=> \(vector)) FROM memory_facts
            ORDER BY embedding <=> \(vector) LIMIT \(limit)
            """, breadth: breadth)
        return try rows.map { row in
            let (id, similarity) = try row.decode((UUID, Double).self)
            return Candidate(id: id, similarity: similarity)
        }
    }

    /// The facts about entities that are related to those of `facts`, with their exact similarity.
    func related(to facts: [UUID], vector: PostgresVector) async throws -> [Candidate] {
        let rows = try await read(
            """
            SELECT DISTINCT f.id, 1 - (f.embedding <=> \(vector))
            FROM memory_entity_facts s
            JOIN memory_relationships r ON s.entity_id IN (r.source_id, r.target_id)
            JOIN memory_entity_facts t ON t.entity_id IN (r.source_id, r.target_id)
            JOIN memory_facts f ON f.id = t.fact_id
            WHERE s.fact_id = ANY(\(facts)) AND f.embedding IS NOT NULL
            """)
        return try rows.map { row in
            let (id, similarity) = try row.decode((UUID, Double).self)
            return Candidate(id: id, similarity: similarity)
        }
    }

    /// What is known of a fact.
    func finding(_ candidate: Candidate) async throws -> Finding {
        let rows = try await read(
            """
            SELECT e.name, f.content, (
                SELECT count(*) FROM memory_relationships r WHERE e.id IN (r.source_id, r.target_id))
            FROM memory_facts f
            JOIN memory_entity_facts l ON l.fact_id = f.id
            JOIN memory_entities e ON e.id = l.entity_id
            WHERE f.id = \(candidate.id)
            """)
        guard let row = rows.first else {
            throw ResearchError("the fact \(candidate.id.text) does not exist")
        }
        let (name, content, count) = try row.decode((String, String, Int).self)
        return Finding(
            id: candidate.id, name: name, content: content, relationCount: count,
            similarity: candidate.similarity)
    }

    /// The relations among the entities of some facts, in words.
    func relations(among facts: [UUID]) async throws -> [String] {
        let rows = try await read(
            """
            SELECT a.name, r.relation_type, b.name
            FROM memory_relationships r
            JOIN memory_entities a ON a.id = r.source_id
            JOIN memory_entities b ON b.id = r.target_id
            WHERE r.source_id = ANY(SELECT entity_id FROM memory_entity_facts WHERE fact_id = ANY(\(facts)))
                AND r.target_id = ANY(SELECT entity_id FROM memory_entity_facts WHERE fact_id = ANY(\(facts)))
            ORDER BY a.name, r.relation_type, b.name
            """)
        return try rows.map { row in
            let (source, type, target) = try row.decode((String, String, String).self)
            return "\(source) \(type.split(separator: "_").joined(separator: " ")) \(target)"
        }
    }

    /// Runs a statement in a transaction of its own, in one round trip, as the seed tenant.
    private func read(_ query: PostgresQuery, breadth: Int? = nil) async throws -> PostgresRows {
        let setting: PostgresQuery =
            if let breadth {
                """
                SELECT set_config('app.tenant_id', \(TenantID.seed.text), true),
                    set_config('hnsw.ef_search', \(String(breadth)), true)
                """
            } else {
                "SELECT set_config('app.tenant_id', \(TenantID.seed.text), true)"
            }
        return try await client.withConnection { connection in try await connection.batch([setting, query]) }[
            1]
    }
}
#endif
