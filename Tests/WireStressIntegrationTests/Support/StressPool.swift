import PostgresWire
import TestSupport

/// Runs a body with a pool on the suite's server, which is shut down afterwards.
func withPool<Result: Sendable>(
    _ change: (inout PostgresClientConfiguration) -> Void = { _ in },
    _ body: (PostgresClient) async throws -> Result
) async throws -> Result {
    try await withPool(to: try PostgresConfiguration(url: try await TestServer.url()), change, body)
}

/// Runs a body with a pool on any server, which is shut down afterwards.
func withPool<Result: Sendable>(
    to server: PostgresConfiguration, _ change: (inout PostgresClientConfiguration) -> Void = { _ in },
    _ body: (PostgresClient) async throws -> Result
) async throws -> Result {
    var configuration = PostgresClientConfiguration(server)
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

/// Runs a body with one connection to a server.
func withOneConnection<Result: Sendable>(
    to server: PostgresConfiguration, _ change: (inout PostgresConfiguration) -> Void = { _ in },
    _ body: (PostgresConnection) async throws -> Result
) async throws -> Result {
    var configuration = server
    change(&configuration)
    let connection = try await PostgresConnection.connect(configuration)
    defer { connection.close() }
    return try await body(connection)
}

/// The error a call throws; nil if it throws none or another one.
func errorOf(_ body: () async throws -> Void) async -> PostgresError? {
    do { try await body() } catch { return error as? PostgresError }
    return nil
}

/// Lends `count` connections of a pool at once and returns the numbers of their server processes.
func lendAtOnce(
    _ count: Int, of client: PostgresClient, _ processes: [Int32] = []
) async throws -> [Int32] {
    guard processes.count < count else { return processes }
    return try await client.withConnection { connection in
        try await lendAtOnce(count, of: client, processes + [connection.backendProcessID ?? 0])
    }
}

/// Waits until a condition holds, at most ten seconds; false if it does not.
func holds(
    within limit: Duration = .seconds(10), _ condition: () async throws -> Bool
) async rethrows -> Bool {
    let deadline = ContinuousClock.now.advanced(by: limit)
    while ContinuousClock.now < deadline {
        if try await condition() { return true }
        try? await Task.sleep(for: .milliseconds(2))
    }
    return try await condition()
}

/// Names a change of a pool's configuration.
func pool(
    _ change: @escaping (inout PostgresClientConfiguration) -> Void
) -> (inout PostgresClientConfiguration) -> Void { change }

/// Names a change of a connection's configuration.
func server(
    _ change: @escaping (inout PostgresConfiguration) -> Void
) -> (inout PostgresConfiguration) -> Void { change }
