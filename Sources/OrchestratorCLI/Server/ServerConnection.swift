#if CLI
import ArgumentParser
import EmbeddedPostgres
import PostgresWire

extension ServerOptions {
    /// A pool on the server that the user named, after one session has shown that it can be reached.
    ///
    /// A pool by itself would go on trying for its whole deadline. It fails with a `CommandFailure`.
    func open(
        connections: Int = 4, name: String = "orchestrator", database: String? = nil
    ) async throws -> (PostgresClient, ServerChoice) {
        var choice = try named()
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

    /// The server that options and environment name.
    ///
    /// - Throws: a `CommandFailure` if they name none.
    func named() throws -> ServerChoice {
        if let choice = try choice() { return choice }
        throw CommandFailure(
            .configuration, "No database is named",
            remedy:
                "Give --url, or set DATABASE_URL or PGHOST; orchestrator server url prints that of the "
                + "embedded server")
    }

    /// Lends one connection to `body`, with the place of its server for people, and closes it; errors are explained.
    @concurrent
    func withConnection(
        name: String, trace: WireTrace? = nil,
        _ body: @Sendable (PostgresConnection, String) async throws -> Void
    ) async throws {
        var choice = try named()
        if choice.configuration.applicationName == nil { choice.configuration.applicationName = name }
        choice.configuration.wireTrace = trace
        // A statement is run once, and behind a pooler a named one may be lost before that.
        choice.configuration.statementMode = .unnamed
        do {
            let connection = try await PostgresConnection.connect(choice.configuration)
            defer { connection.close() }
            try await body(connection, choice.description)
        } catch let exit as ExitCode {
            throw exit
        } catch {
            throw CommandFailure(any: error, server: choice.description)
        }
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
