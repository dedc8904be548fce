/// What the schema is to be like.
public struct OrchestratorSchemaOptions: Sendable, Hashable {
    /// The schema that holds everything.
    ///
    /// Programs reach another one than `public` by `search_path`, with the schema of pgvector behind it.
    public var schema: String
    /// The dimensions of every embedding, 1 to 4,000; above 2,000 the indexes are on `halfvec`.
    ///
    /// `nil` takes what the database was migrated with, and `OrchestratorSchema.embeddingDimensions` for a
    /// new one.
    public var embeddingDimensions: Int?
    /// Whether the memory tables belong to it.
    ///
    /// Without them pgvector is not needed; they can be added later.
    public var includesMemory: Bool
    /// How long to wait for another migrator, and for any lock.
    public var lockTimeout: Duration

    /// Starts from the usual: `public`, memory included, a wait of one minute.
    public init(
        schema: String = "public", embeddingDimensions: Int? = nil, includesMemory: Bool = true,
        lockTimeout: Duration = .seconds(60)
    ) {
        self.schema = schema
        self.embeddingDimensions = embeddingDimensions
        self.includesMemory = includesMemory
        self.lockTimeout = lockTimeout
    }
}
