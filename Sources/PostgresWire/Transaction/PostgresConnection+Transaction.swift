internal import Locking
internal import PostgresProtocol

extension PostgresConnection {
    /// Runs `body` in a transaction: COMMIT if it returns, ROLLBACK if it throws or its task is cancelled.
    ///
    ///     try await connection.withTransaction(isolation: .serializable, retry: .standard) { connection in
    ///         let total = try await connection.one("SELECT sum(amount) FROM entries", as: Int.self)
    ///         try await connection.execute("INSERT INTO totals VALUES (\(total))")
    ///     }
    ///
    /// Inside of another transaction of this connection it is a savepoint: an error undoes what the inner body did and
    /// nothing else. A savepoint is never retried by itself, since a conflict takes the whole transaction with it; the
    /// outermost call retries. The body runs on the loop of the connection. Cost: one round trip for BEGIN and one for
    /// COMMIT; a savepoint costs the same two.
    ///
    /// - Parameters:
    ///   - isolation: What it sees of others; nil leaves the session's default.
    ///   - access: Whether it may write; nil leaves the session's default.
    ///   - deferrable: Whether a serializable, read-only transaction waits until it cannot fail.
    ///   - retry: How often it is run again after a conflict with another transaction; then `body` is called again.
    ///   - file: The caller's file, for errors.
    ///   - line: The caller's line, for errors.
    ///   - body: The transaction's work.
    /// - Returns: What the body returns.
    /// - Throws: What the body throws, unchanged; `transactionRolledBack` if a statement had failed and the body went
    ///   on as if nothing were; `invalidUse` if an inner transaction asks for what the outer one was not begun with;
    ///   an error with the effect `unknown` if the answer to COMMIT was lost; `CancellationError` for a task that is
    ///   cancelled before COMMIT or between two attempts.
    ///
    /// Source: PostgreSQL 18 manual, "BEGIN", "SAVEPOINT".
    @concurrent
    public func withTransaction<Result: Sendable>(
        isolation: TransactionIsolation? = nil, access: TransactionAccess? = nil, deferrable: Bool? = nil,
        retry: TransactionRetry = .never, file: StaticString = #fileID, line: UInt = #line,
        _ body: sending @concurrent (PostgresConnection) async throws -> Result
    ) async throws -> Result {
        let options = TransactionOptions(isolation: isolation, access: access, isDeferrable: deferrable)
        return try await withTaskExecutorPreference(session.loop) {
            try await transact(options, retry, CallSite(file: file, line: line), body)
        }
    }

    /// Runs `body` in a transaction or a savepoint, where the caller is.
    func transact<Value: Sendable>(
        _ options: TransactionOptions, _ retry: TransactionRetry, _ site: CallSite,
        _ body: @concurrent (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        if let savepoint = try session.openSavepoint(options, site) {
            defer { session.closeSavepoint() }
            return try await attempt("SAVEPOINT \(identifier: savepoint)", savepoint, site, body).get()
        }
        var number = 1
        while true {
            session.note(options)
            let outcome = await attempt(options.statement, nil, site, body)
            guard case .failure(let error) = outcome, number < retry.attempts, mayRetry(error) else {
                return try outcome.get()
            }
            try await Task.sleep(for: retry.pause(after: number, random: .random(in: 0...1)))
            number += 1
        }
    }

    private func mayRetry(_ error: any Error) -> Bool {
        TransactionRetry.isConflict(error) && !isClosed && transactionStatus == .idle && !Task.isCancelled
    }

    /// Runs `body` once; whatever the outcome, the transaction or savepoint is over afterwards.
    private func attempt<Value: Sendable>(
        _ beginning: PostgresQuery, _ savepoint: String?, _ site: CallSite,
        _ body: @concurrent (PostgresConnection) async throws -> Value
    ) async -> Result<Value, any Error> {
        do {
            try await execute(beginning, file: site.file, line: site.line)
        } catch {
            return .failure(error)
        }
        do {
            let value = try await body(self)
            guard !Task.isCancelled else { throw CancellationError() }
            try await commit(savepoint, site)
            return .success(value)
        } catch {
            await rollBack(to: savepoint)
            return .failure(error)
        }
    }

    private func commit(_ savepoint: String?, _ site: CallSite) async throws(PostgresError) {
        if let savepoint {
            // 25P02 says that a statement had failed and its error was swallowed.
            let release: PostgresQuery = "RELEASE SAVEPOINT \(identifier: savepoint)"
            try await execute(release, file: site.file, line: site.line)
            return
        }
        let tag = try await execute("COMMIT", file: site.file, line: site.line)
        guard tag.text == "COMMIT" else { throw PostgresError.commitRolledBack.at(site) }
    }

    private func rollBack(to savepoint: String?) async {
        // After a failed COMMIT the server has rolled back already.
        guard transactionStatus != .idle else { return }
        guard let savepoint else {
            await finish("ROLLBACK")
            return
        }
        await finish(
            "ROLLBACK TO SAVEPOINT \(identifier: savepoint)", "RELEASE SAVEPOINT \(identifier: savepoint)")
    }

    /// Runs statements that end something, although the task may be cancelled.
    ///
    /// A session that cannot do that in time is closed, which ends it too.
    func finish(_ queries: PostgresQuery...) async {
        guard !isClosed else { return }
        do {
            let grace = session.configuration.cancelGrace
            let limit = min(session.configuration.queryTimeout ?? grace, grace)
            let treatment = Session.Treatment(isShielded: true, timeout: limit)
            let operation = try await start(.statements(queries), treatment)
            await session.wait(for: operation)
            if let error = operation.error { throw error }
        } catch {
            close()
        }
    }
}

extension Session {
    /// Names a savepoint if a transaction is open already; nil if not.
    ///
    /// - Throws: `invalidUse` if the open transaction was not begun with what `options` ask for.
    fileprivate func openSavepoint(
        _ options: TransactionOptions, _ site: CallSite
    ) throws(PostgresError) -> String? {
        let result = state.withLock { state -> Result<String?, PostgresError> in
            guard state.machine.transactionStatus != .idle else { return .success(nil) }
            guard state.transaction.satisfies(options) else { return .failure(.otherTransaction.at(site)) }
            state.savepoints += 1
            return .success("o_\(state.savepoints)")
        }
        return try result.get()
    }

    fileprivate func closeSavepoint() { state.withLock { $0.savepoints = max(0, $0.savepoints - 1) } }

    /// Remembers how the transaction that begins now was asked for.
    fileprivate func note(_ options: TransactionOptions) { state.withLock { $0.transaction = options } }
}
