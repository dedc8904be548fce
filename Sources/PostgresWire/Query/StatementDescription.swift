internal import Locking
package import PostgresCodecs
package import PostgresProtocol

/// What the server says of a statement before it is run.
package struct StatementDescription: Sendable {
    /// The types of its parameters, as the server understood them.
    package let parameterTypes: [PostgresOID]
    /// The columns it returns; empty for a statement that returns no rows.
    package let columns: [FieldDescription]
}

extension PostgresConnection {
    /// Prepares a statement and returns what the server says of it, in one round trip; nothing is run.
    package func describe(_ query: PostgresQuery) async throws(PostgresError) -> StatementDescription {
        let operation = try await start(.description(query), treatment(timeout: query.timeout))
        await session.wait(for: operation)
        if let error = operation.failure { throw error }
        return session.state.withLock { _ in
            let statement = operation.statements[0]
            return StatementDescription(
                parameterTypes: statement.parameterTypes.map { PostgresOID(rawValue: $0) },
                columns: statement.columns?.fields ?? [])
        }
    }
}
