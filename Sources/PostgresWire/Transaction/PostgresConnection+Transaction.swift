internal import Locking
internal import PostgresProtocol

extension PostgresConnection {
    /// Runs `body` in a transaction: COMMIT if it returns, ROLLBACK if it throws or its task is cancelled.
    ///
    /// Inside of another transaction of this connection it is a savepoint, and `options` are ignored. The body runs on
    /// the loop of the connection. Cost: one round trip for BEGIN and one for COMMIT.
    ///
    /// - Throws: What the body throws, unchanged; `transactionRolledBack` if a statement had failed and the body went
    ///   on as if nothing were; an error with the effect `unknown` if the answer to COMMIT was lost.
    @concurrent
    public func withTransaction<Result: Sendable>(
        _ options: TransactionOptions = TransactionOptions(),
        _ body: sending @concurrent (PostgresConnection) async throws -> Result
    ) async throws -> Result {
        try await withTaskExecutorPreference(session.loop) { try await transact(options, body) }
    }

    /// Runs `body` in a transaction, where the caller is.
    func transact<Result: Sendable>(
        _ options: TransactionOptions, _ body: @concurrent (PostgresConnection) async throws -> Result
    ) async throws -> Result {
        let savepoint = session.openSavepoint()
        try await execute(savepoint.map { "SAVEPOINT \(identifier: $0)" } ?? options.statement)
        let result: Result
        do {
            result = try await body(self)
            guard !Task.isCancelled else { throw CancellationError() }
        } catch {
            await rollBack(to: savepoint)
            throw error
        }
        try await commit(savepoint)
        return result
    }

    private func commit(_ savepoint: String?) async throws(PostgresError) {
        guard let savepoint else {
            let tag = try await execute("COMMIT")
            guard tag.text == "COMMIT" else {
                throw PostgresError(
                    .transactionRolledBack, effect: .rolledBack,
                    reason: "the transaction was rolled back, since one of its statements had failed")
            }
            return
        }
        session.closeSavepoint()
        do {
            try await execute("RELEASE SAVEPOINT \(identifier: savepoint)")
        } catch {
            // 25P02: a statement had failed and its error was swallowed; the savepoint can still be undone.
            await rollBackStatement("ROLLBACK TO SAVEPOINT \(identifier: savepoint)")
            throw error
        }
    }

    private func rollBack(to savepoint: String?) async {
        guard let savepoint else {
            await rollBackStatement("ROLLBACK")
            return
        }
        session.closeSavepoint()
        await rollBackStatement("ROLLBACK TO SAVEPOINT \(identifier: savepoint)")
    }

    /// Rolls back although the task may be cancelled.
    ///
    /// A session that cannot do that is closed, which rolls back too.
    func rollBackStatement(_ query: PostgresQuery) async {
        guard !isClosed else { return }
        do {
            let operation = try await start(.statements([query]), Session.Treatment(isShielded: true))
            await session.wait(for: operation)
            if let error = operation.error { throw error }
        } catch {
            close()
        }
    }
}

extension Session {
    /// Names a savepoint if a transaction is open already.
    fileprivate func openSavepoint() -> String? {
        state.withLock { state in
            guard state.machine.transactionStatus != .idle else { return nil }
            state.savepoints += 1
            return "o_\(state.savepoints)"
        }
    }

    fileprivate func closeSavepoint() { state.withLock { $0.savepoints -= 1 } }
}
