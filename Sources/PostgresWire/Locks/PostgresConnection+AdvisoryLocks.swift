internal import PostgresCodecs

/// Locks on numbers that mean something to the program and nothing to the server. One round trip each.
///
/// A session may take the same lock several times; a lock of the session has then to be released as often. A pool
/// notices that a connection has taken locks of the session here and releases what is left before it lends the
/// connection again, unless its `reset` is `.never`. Keys are parameters: the statement mode `simple` refuses them.
extension PostgresConnection {
    /// Takes an advisory lock, waiting until it is free.
    ///
    /// A deadlock with other sessions is error 40P01. Cancelling the task, or `timeout`, ends the waiting.
    ///
    /// - Parameters:
    ///   - key: What is locked.
    ///   - mode: Who else may hold it.
    ///   - scope: How long it is held; `.transaction` only inside of a transaction.
    ///   - timeout: How long to wait; nil leaves it to the connection's `queryTimeout`.
    ///   - file: The caller's file, for errors.
    ///   - line: The caller's line, for errors.
    /// - Throws: `invalidUse` for the scope `.transaction` outside of a transaction, before anything is sent;
    ///   `timedOut`, `cancelled`, and as `execute(_:file:line:)`.
    ///
    /// Source: PostgreSQL 18 manual, "Advisory Lock Functions".
    public func acquireAdvisoryLock(
        _ key: AdvisoryLockKey, _ mode: AdvisoryLockMode = .exclusive,
        scope: AdvisoryLockScope = .transaction, timeout: Duration? = nil, file: StaticString = #fileID,
        line: UInt = #line
    ) async throws(PostgresError) {
        let site = CallSite(file: file, line: line)
        try check(scope, site)
        var query = key.query("pg_advisory_\(scope.infix)lock\(mode.suffix)")
        query.timeout = timeout
        _ = try await perform([query], at: site, changesSession: scope == .session)
    }

    /// Takes an advisory lock if it is free now.
    ///
    /// - Parameters:
    ///   - key: What is locked.
    ///   - mode: Who else may hold it.
    ///   - scope: How long it is held; `.transaction` only inside of a transaction.
    ///   - file: The caller's file, for errors.
    ///   - line: The caller's line, for errors.
    /// - Returns: Whether it was taken.
    /// - Throws: `invalidUse` for the scope `.transaction` outside of a transaction, before anything is sent; as
    ///   `execute(_:file:line:)`.
    ///
    /// Source: PostgreSQL 18 manual, "Advisory Lock Functions".
    public func tryAdvisoryLock(
        _ key: AdvisoryLockKey, _ mode: AdvisoryLockMode = .exclusive,
        scope: AdvisoryLockScope = .transaction, file: StaticString = #fileID, line: UInt = #line
    ) async throws(PostgresError) -> Bool {
        let site = CallSite(file: file, line: line)
        try check(scope, site)
        let query = key.query("pg_try_advisory_\(scope.infix)lock\(mode.suffix)")
        let rows = try await perform([query], at: site, changesSession: scope == .session)
        return try answer(rows, site)
    }

    /// Releases a lock of the session once.
    ///
    /// - Parameters:
    ///   - key: What is locked.
    ///   - mode: As it was taken.
    ///   - file: The caller's file, for errors.
    ///   - line: The caller's line, for errors.
    /// - Returns: Whether it was held in this mode; the server warns if it was not.
    /// - Throws: As `execute(_:file:line:)`; in a transaction that has failed it is error 25P02.
    ///
    /// Source: PostgreSQL 18 manual, "Advisory Lock Functions".
    @discardableResult
    public func releaseAdvisoryLock(
        _ key: AdvisoryLockKey, _ mode: AdvisoryLockMode = .exclusive, file: StaticString = #fileID,
        line: UInt = #line
    ) async throws(PostgresError) -> Bool {
        let site = CallSite(file: file, line: line)
        let query = key.query("pg_advisory_unlock\(mode.suffix)")
        return try answer(try await perform([query], at: site), site)
    }

    /// Runs `body` while this session holds an advisory lock, which is released however `body` ends.
    ///
    /// The lock is one of the session and spans transactions. If it cannot be released, as in a transaction that has
    /// failed, the connection is closed, which releases it; inside of a transaction take a lock of the transaction
    /// instead. Cost: one round trip to take it and one to release it.
    ///
    /// - Parameters:
    ///   - key: What is locked.
    ///   - mode: Who else may hold it.
    ///   - timeout: How long to wait for it; nil leaves it to the connection's `queryTimeout`.
    ///   - file: The caller's file, for errors.
    ///   - line: The caller's line, for errors.
    ///   - body: What is done meanwhile.
    /// - Returns: What the body returns.
    /// - Throws: What the body throws, unchanged; as `acquireAdvisoryLock`.
    ///
    /// Source: PostgreSQL 18 manual, "Advisory Lock Functions".
    public func withAdvisoryLock<Value: Sendable>(
        _ key: AdvisoryLockKey, _ mode: AdvisoryLockMode = .exclusive, timeout: Duration? = nil,
        file: StaticString = #fileID, line: UInt = #line, _ body: () async throws -> Value
    ) async throws -> Value {
        try await acquireAdvisoryLock(
            key, mode, scope: .session, timeout: timeout, file: file, line: line)
        do {
            let value = try await body()
            await finish(key.query("pg_advisory_unlock\(mode.suffix)"))
            return value
        } catch {
            await finish(key.query("pg_advisory_unlock\(mode.suffix)"))
            throw error
        }
    }

    private func check(_ scope: AdvisoryLockScope, _ site: CallSite) throws(PostgresError) {
        guard scope == .session || transactionStatus != .idle else {
            throw PostgresError.lockOutsideTransaction.at(site)
        }
    }

    private func answer(_ rows: [PostgresRows], _ site: CallSite) throws(PostgresError) -> Bool {
        guard let row = rows.first?.first else {
            throw PostgresError.rowCount(0, wanted: "exactly one").at(site)
        }
        return try row.decode(Bool.self, file: site.file, line: site.line)
    }
}

extension PostgresError {
    fileprivate static let lockOutsideTransaction = PostgresError(
        .invalidUse, effect: .none,
        reason: "a lock of a transaction was asked for outside of one, where it would be released at once."
            + " Begin a transaction, or use the scope session")
}
