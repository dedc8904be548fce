#if CLI
import Locking
import PostgresProtocol
import PostgresWire

/// Lets an adapter make one call, and learns from the server which statements with which values it executed for it.
struct StatementRecorder: Sendable {
    /// The way to the database, with a role that may set what the server logs.
    var configuration: PostgresConfiguration

    /// Records the statements of one call of a workload.
    func record(_ workload: AdapterWorkload) async throws -> [RecordedStatement] {
        var configuration = PostgresClientConfiguration(configuration)
        configuration.server.runtimeParameters.merge(
            [
                "log_min_duration_statement": "0", "log_parameter_max_length": "-1", "lc_messages": "C",
                "client_min_messages": "log",
            ]) { $1 }
        configuration.maximumConnections = 1
        let client = PostgresClient(configuration)
        do {
            let statements = try await record(workload, on: client)
            await client.shutdown()
            return statements
        } catch {
            await client.shutdown()
            throw error
        }
    }

    private func record(
        _ workload: AdapterWorkload, on client: PostgresClient
    ) async throws -> [RecordedStatement] {
        var calls = try AdapterCalls(client)
        calls.first = AdapterCalls.marker
        try await calls.verify()
        let recorded = Lock<[RecordedStatement]>([])
        // The pool has one connection: the calls use the one that is lent here.
        try await client.withConnection { connection in
            connection.onNotice { fields in
                guard let statement = RecordedStatement(message: fields.message, detail: fields.detail) else {
                    return
                }
                recorded.withLock { $0.append(statement) }
            }
        }
        try await workload.call(calls, 0, 0)
        var statements = recorded.withLock { $0 }
        let types = try await client.collect(
            "SELECT statement, parameter_types::text[] FROM pg_prepared_statements",
            as: (String, [String]).self)
        let known = Dictionary(types, uniquingKeysWith: { first, _ in first })
        for index in statements.indices { statements[index].types = known[statements[index].sql] ?? [] }
        return statements
    }
}
#endif
