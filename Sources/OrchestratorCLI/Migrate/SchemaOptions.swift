#if CLI
import ArgumentParser
import OrchestratorMigrations
import PostgresWire

/// What the schema is to be like.
struct SchemaOptions: ParsableArguments {
    @Option(help: "The schema that holds the tables.")
    var schema = "public"

    @Option(help: "The dimensions of embeddings; 1536 for a new database, else what it was migrated with.")
    var embeddingDimensions: Int?

    @Flag(help: "Leave the memory tables out; pgvector is not needed then.")
    var withoutMemory = false

    func schema(_ client: PostgresClient) throws -> OrchestratorSchema {
        try OrchestratorSchema(
            client,
            options: OrchestratorSchemaOptions(
                schema: schema, embeddingDimensions: embeddingDimensions, includesMemory: !withoutMemory))
    }
}
#endif
