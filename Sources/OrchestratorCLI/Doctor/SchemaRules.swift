#if CLI
import PostgresMigrator
import PostgresWire

/// What can be wrong with pgvector, the migrations and the indexes of vectors.
enum SchemaRules {
    static func findings(_ schema: SchemaFacts, _ server: ServerFacts, schemaName: String) -> [DoctorFinding]
    {
        vector(schema, server) + migrations(schema)
            + server.vectorColumns.compactMap { index(on: $0, schemaName) }
    }

    private static func vector(_ schema: SchemaFacts, _ server: ServerFacts) -> [DoctorFinding] {
        guard !server.hasVector else { return [] }
        let level: DoctorFinding.Level = schema.leavesMemoryOut ? .note : .error
        if let version = server.availableVector {
            return [
                DoctorFinding(
                    level, "pgvector is missing in this database, though the server has it (\(version))",
                    remedy: "Run CREATE EXTENSION vector, or orchestrator migrate apply, which does")
            ]
        }
        let package = "postgresql-\(max(server.version / 10_000, ServerRules.oldestVersion))-pgvector"
        return [
            DoctorFinding(
                level, "pgvector is missing on this server",
                remedy:
                    "Install it (package \(package), image pgvector/pgvector), or migrate with --without-memory"
            )
        ]
    }

    private static func migrations(_ schema: SchemaFacts) -> [DoctorFinding] {
        guard let objection = schema.objection else { return [] }
        let remedy =
            switch objection {
            case .notMigrated, .olderThanThisProgram: "Run orchestrator migrate apply"
            case .needsAdoption: "Run orchestrator migrate adopt"
            default: objection.remedy
            }
        return [DoctorFinding(.error, objection.sentence, remedy: remedy)]
    }

    private static func index(on column: ServerFacts.VectorColumn, _ schema: String) -> DoctorFinding? {
        guard !column.hasIndex else { return nil }
        let table =
            "\(PostgresQuery.quoted(identifier: schema)).\(PostgresQuery.quoted(identifier: column.table))"
        if let broken = column.brokenIndex {
            return DoctorFinding(
                .warning,
                "The HNSW index \(broken) is not valid: its building was broken off, and no search uses it",
                remedy: "Run REINDEX INDEX CONCURRENTLY \(broken)")
        }
        return DoctorFinding(
            .warning,
            "The HNSW index on \(column.table).\(column.column) is missing: every search reads all rows",
            remedy: "Run CREATE INDEX CONCURRENTLY \(name(column)) ON \(table) USING hnsw (\(key(column)))")
    }

    /// The name that the migrations give the index.
    private static func name(_ column: ServerFacts.VectorColumn) -> String {
        let name =
            column.table == "embeddings" ? "idx_embeddings_vector" : "idx_\(column.table)_\(column.column)"
        return PostgresQuery.quoted(identifier: name)
    }

    /// The column, as halfvec if it has more dimensions than an index of vector holds.
    private static func key(_ column: ServerFacts.VectorColumn) -> String {
        let name = PostgresQuery.quoted(identifier: column.column)
        if column.type.contains("halfvec") { return "\(name) halfvec_cosine_ops" }
        let digits = column.type.filter(\.isNumber)
        guard let dimensions = Int(digits), dimensions > 2_000 else { return "\(name) vector_cosine_ops" }
        return "(\(name)::halfvec(\(dimensions))) halfvec_cosine_ops"
    }
}
#endif
