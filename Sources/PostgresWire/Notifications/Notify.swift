internal import PostgresCodecs

extension PostgresConnection {
    /// Sends a message to every session that listens on a channel, in one round trip.
    ///
    /// In a transaction it is delivered when the transaction commits, and never if it is rolled back; equal messages
    /// of one transaction are delivered once. The sender gets its own message too, if it listens.
    ///
    /// - Parameters:
    ///   - channel: 1 to 63 bytes, taken as they are: upper and lower case differ.
    ///   - payload: At most 7,999 bytes.
    /// - Throws: `encoding` for a name or payload outside of these limits; nothing is sent then.
    ///
    /// Source: PostgreSQL 18 manual, "NOTIFY".
    public func notify(_ channel: String, _ payload: String = "") async throws(PostgresError) {
        try NotificationLimits.check(channel: channel, payload: payload)
        try await execute("SELECT pg_catalog.pg_notify(\(channel), \(payload))")
    }
}

extension PostgresClient {
    /// Sends a message to every session that listens on a channel, at once and in one round trip.
    ///
    /// - Parameters:
    ///   - channel: 1 to 63 bytes, taken as they are: upper and lower case differ.
    ///   - payload: At most 7,999 bytes.
    ///   - file: The caller's file, for the report of leaked loans.
    ///   - line: The caller's line.
    /// - Throws: `encoding` for a name or payload outside of these limits; nothing is sent then.
    public func notify(
        _ channel: String, _ payload: String = "", file: StaticString = #fileID, line: UInt = #line
    ) async throws(PostgresError) {
        try NotificationLimits.check(channel: channel, payload: payload)
        try await execute("SELECT pg_catalog.pg_notify(\(channel), \(payload))", file: file, line: line)
    }
}
