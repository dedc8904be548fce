/// Starts a private PostgreSQL with pgvector, or finds the one that runs already: the whole set-up of a test
/// in one line.
///
/// Written `try await EmbeddedPostgres.start()` at the call site. Same as `EmbeddedPostgresServer.start(_:)`,
/// where guarantees, cost and errors are described.
///
///     let server = try await EmbeddedPostgres.start(.ephemeral)
///     let client = try PostgresClient(url: server.url)
///
/// - Parameter options: Which server, and how; the default is the server named `main`, which outlives the
///   process.
/// - Returns: The running server.
/// - Throws: `EmbeddedPostgresError`, whose description says what to do.
public func start(
    _ options: EmbeddedPostgresOptions = EmbeddedPostgresOptions()
) async throws(EmbeddedPostgresError) -> EmbeddedPostgresServer {
    try await EmbeddedPostgresServer.start(options)
}
