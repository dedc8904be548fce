import OrchestratorMigrations
import PostgresWire

/// What a new test database holds.
package struct TestTemplate: Hashable, Sendable {
    /// The dimensions of the embeddings; nil for a database without the schema.
    let dimensions: Int?

    /// Nothing, not even the extension vector.
    package static let empty = TestTemplate(dimensions: nil)

    /// The whole schema, with embeddings of 384 dimensions.
    package static let migrated = TestTemplate(dimensions: 384)

    /// The whole schema, with embeddings of another size.
    package static func migrated(dimensions: Int) -> TestTemplate { TestTemplate(dimensions: dimensions) }

    /// Fills an empty database.
    func fill(_ configuration: PostgresConfiguration) async throws {
        guard let dimensions else { return }
        let client = PostgresClient(PostgresClientConfiguration(configuration))
        let options = OrchestratorSchemaOptions(embeddingDimensions: dimensions)
        try await OrchestratorSchema(client, options: options).apply()
        await client.shutdown()
    }
}
