#if CLI
import EmbeddedPostgres
import PostgresWire

extension ServerOptions {
    /// A pool on the server that the user named, after one session has shown that it can be reached.
    ///
    /// A pool by itself would go on trying for its whole deadline. It fails with a `CommandFailure`.
    func open(
        connections: Int = 4, name: String = "orchestrator", database: String? = nil
    ) async throws -> (PostgresClient, ServerChoice) {
        guard var choice = try choice() else {
            throw CommandFailure(
                .configuration, "No database is named",
                remedy:
                    "Give --url, or set DATABASE_URL or PGHOST; orchestrator server url prints that of the "
                    + "embedded server")
        }
        if choice.configuration.applicationName == nil || database != nil {
            choice.configuration.applicationName = name
        }
        if let database { choice.configuration.database = database }
        do {
            let probe = try await PostgresConnection.connect(choice.configuration)
            probe.close()
        } catch {
            throw CommandFailure(error, server: choice.description)
        }
        var configuration = PostgresClientConfiguration(choice.configuration)
        configuration.maximumConnections = connections
        return (PostgresClient(configuration), choice)
    }

    /// Lends such a pool to `body` and shuts it down; errors are explained.
    @concurrent
    func withClient(
        connections: Int = 4, name: String = "orchestrator", database: String? = nil,
        _ body: @Sendable (PostgresClient) async throws -> Void
    ) async throws {
        let (client, choice) = try await open(connections: connections, name: name, database: database)
        do {
            try await body(client)
            await client.shutdown()
        } catch {
            await client.shutdown()
            throw CommandFailure(any: error, server: choice.description)
        }
    }
}
#endif
