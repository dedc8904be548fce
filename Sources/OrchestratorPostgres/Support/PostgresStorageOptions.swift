/// How the PostgreSQL adapters use a database.
public struct PostgresStorageOptions: Hashable, Sendable {
    /// The schema that was migrated.
    public var schema = "public"
    /// How long a statement waits for a row that another transaction has locked; nil: as the server is configured.
    ///
    /// A call that waited for so long fails with `timedOut` and leaves nothing behind.
    public var lockTimeout: Duration? = .seconds(30)
    /// How long the transaction of a step may be idle while its handler does something else.
    ///
    /// Then the server ends the session, and the step fails with nothing written.
    public var stepIdleTimeout: Duration = .seconds(300)

    /// Starts from the usual: schema `public`.
    public init() {}

    /// Uses another schema, and the usual otherwise.
    public init(schema: String) { self.schema = schema }
}
