#if CLI
import FoundationEssentials
import JSONModel
import PostgresWire
import StoreContracts

/// Copies the knowledge graph and the questions into the memory tables.
struct DemoLoader: Sendable {
    let client: PostgresClient
    let data: DemoData
    let console: Console

    /// The document that all questions belong to.
    static let questionnaire = UUID(uuid: (0xde, 0x30, 0, 0, 0, 0, 0x40, 0, 0x80, 0, 0, 0, 0, 0, 0, 1))

    /// The id under which a question's embedding is stored.
    static func questionID(_ index: Int) -> UUID {
        let high = UInt8(truncatingIfNeeded: index >> 8)
        let low = UInt8(truncatingIfNeeded: index)
        return UUID(uuid: (0xde, 0x30, 0, 0, 0, 0, 0x40, 0, 0x80, 0, 0, 0, 0, 1, high, low))
    }

    /// How many rows there are to copy.
    private var total: Int { data.facts.count * 3 + data.relations.count + data.questions.count }

    /// Copies everything in one transaction, then lets the planner look at it.
    func load() async throws {
        let bar = ProgressBar("loading the knowledge graph", total: total, unit: "rows", on: console)
        defer { bar.abandon() }
        let (client, loader) = (client, self)
        let indexing = try await client.withTransaction { connection in
            let index = try await loader.takeIndex(connection)
            var done = 0
            done = try await loader.copyEntities(connection, bar, done)
            done = try await loader.copyFacts(connection, bar, done)
            done = try await loader.copyLinks(connection, bar, done)
            done = try await loader.copyRelations(connection, bar, done)
            try await loader.copyQuestions(connection, bar, done)
            bar.finish()
            let began = ContinuousClock.now
            _ = try await connection.script(index)
            return began.duration(to: .now)
        }
        try await client.execute("ANALYZE memory_facts")
        try await client.execute("ANALYZE memory_relationships")
        console.note("built the HNSW index over the embeddings in \(Text.seconds(indexing))")
    }

    /// Drops the vector index and returns its definition: building it from all rows is several times as fast as
    /// growing it row by row.
    ///
    /// Source: pgvector's README, "Performance", "Indexing".
    private func takeIndex(_ connection: PostgresConnection) async throws -> String {
        let definition = try await connection.one(
            "SELECT pg_get_indexdef('idx_memory_facts_embedding'::regclass)", as: String.self)
        try await connection.execute("DROP INDEX idx_memory_facts_embedding")
        return definition
    }

    private var provenance: JSONValue {
        ["source": "system", "created_at": "2026-01-01T00:00:00.000Z", "tool_name": "orchestrator demo"]
    }

    private var validFrom: Date { Date(timeIntervalSince1970: 1_767_225_600) }

    private func copyEntities(_ connection: PostgresConnection, _ bar: ProgressBar, _ start: Int) async throws
        -> Int
    {
        var done = start
        _ = try await connection.copyIn(
            into: "memory_entities", columns: ["id", "name", "entity_type", "attributes", "provenance"]
        ) { writer in
            for fact in data.facts {
                let attributes: JSONValue = ["synonyms": .array(fact.synonyms.map { .string($0) })]
                try await writer.write(fact.id, fact.name, fact.category, attributes, provenance)
                done += 1
                bar.update(done)
            }
        }
        return done
    }

    private func copyFacts(_ connection: PostgresConnection, _ bar: ProgressBar, _ start: Int) async throws
        -> Int
    {
        var done = start
        _ = try await connection.copyIn(
            into: "memory_facts",
            columns: ["id", "content", "entity_ids", "embedding", "provenance", "valid_from", "tags"]
        ) { writer in
            for (index, fact) in data.facts.enumerated() {
                let entities: JSONValue = [.string(fact.id.text)]
                let tags: JSONValue = [.string(fact.category)]
                try await writer.write(
                    fact.id, fact.content, entities, PostgresVector(data.embedding(index)), provenance,
                    validFrom, tags)
                done += 1
                bar.update(done)
            }
        }
        return done
    }

    private func copyLinks(_ connection: PostgresConnection, _ bar: ProgressBar, _ start: Int) async throws
        -> Int
    {
        var done = start
        _ = try await connection.copyIn(into: "memory_entity_facts", columns: ["fact_id", "entity_id"]) {
            writer in
            for fact in data.facts {
                try await writer.write(fact.id, fact.id)
                done += 1
                bar.update(done)
            }
        }
        return done
    }

    private func copyRelations(
        _ connection: PostgresConnection, _ bar: ProgressBar, _ start: Int
    ) async throws -> Int {
        var done = start
        let ids = TimeOrderedIDs()
        _ = try await connection.copyIn(
            into: "memory_relationships",
            columns: ["id", "source_id", "target_id", "relation_type", "valid_from", "provenance"]
        ) { writer in
            for relation in data.relations {
                try await writer.write(
                    ids.next(), relation.source, relation.target, relation.type, validFrom, provenance)
                done += 1
                bar.update(done)
            }
        }
        return done
    }

    private func copyQuestions(_ connection: PostgresConnection, _ bar: ProgressBar, _ start: Int)
        async throws
    {
        var done = start
        try await connection.execute(
            """
            INSERT INTO documents (id, user_id, title, content)
            VALUES (\(Self.questionnaire), \(Self.questionnaire), 'Questions', 'The questions of the demo')
            """)
        _ = try await connection.copyIn(
            into: "embeddings", columns: ["id", "document_id", "chunk_index", "content", "embedding"]
        ) { writer in
            for (index, question) in data.questions.enumerated() {
                try await writer.write(
                    Self.questionID(index), Self.questionnaire, Int32(index), question.text,
                    PostgresVector(question.embedding))
                done += 1
                bar.update(done)
            }
        }
    }
}
#endif
