public import PostgresCodecs

extension PostgresClient {
    /// Describes types of extensions and users, and all types that these are made of.
    ///
    /// It costs one round trip for types that the pool has not seen, and none but a loan for others.
    ///
    /// - Throws: As `PostgresConnection.describeTypes` and `withConnection`.
    public func describeTypes(
        _ types: some Sequence<PostgresOID>, file: StaticString = #fileID, line: UInt = #line
    ) async throws(PostgresError) -> [PostgresOID: PostgresTypeDescription] {
        let types = Array(types)
        let lease = try await acquire(at: CallSite(file: file, line: line))
        defer { release(lease) }
        return try await lease.connection.describeTypes(types)
    }

    /// The number of a type, whose name is written as in SQL; nil if there is none.
    ///
    /// - Throws: As `PostgresConnection.type(named:)` and `withConnection`.
    public func type(
        named name: String, file: StaticString = #fileID, line: UInt = #line
    ) async throws(PostgresError) -> PostgresOID? {
        let lease = try await acquire(at: CallSite(file: file, line: line))
        defer { release(lease) }
        return try await lease.connection.type(named: name)
    }
}
