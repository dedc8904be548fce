import PostgresWire
import TestSupport

/// Runs a body with a pool on the suite's server, which is shut down afterwards.
func withPool<Result: Sendable>(
    _ change: (inout PostgresClientConfiguration) -> Void = { _ in },
    _ body: (PostgresClient) async throws -> Result
) async throws -> Result {
    var configuration = try PostgresClientConfiguration(url: try await TestServer.url())
    change(&configuration)
    let client = PostgresClient(configuration)
    do {
        let result = try await body(client)
        await client.shutdown()
        return result
    } catch {
        await client.shutdown()
        throw error
    }
}

/// Runs a body with one connection to the suite's server.
func withOneConnection<Result: Sendable>(
    _ change: (inout PostgresConfiguration) -> Void = { _ in },
    _ body: (PostgresConnection) async throws -> Result
) async throws -> Result {
    var configuration = try PostgresConfiguration(url: try await TestServer.url())
    change(&configuration)
    let connection = try await PostgresConnection.connect(configuration)
    defer { connection.close() }
    return try await body(connection)
}

/// The error a call throws; nil if it throws none.
func errorOf(_ body: () async throws -> Void) async -> PostgresError? {
    do { try await body() } catch { return error as? PostgresError }
    return nil
}

/// Names a change of a pool's configuration.
func pool(
    _ change: @escaping (inout PostgresClientConfiguration) -> Void
) -> (inout PostgresClientConfiguration) -> Void { change }

/// Names a change of a connection's configuration.
func server(
    _ change: @escaping (inout PostgresConfiguration) -> Void
) -> (inout PostgresConfiguration) -> Void { change }
