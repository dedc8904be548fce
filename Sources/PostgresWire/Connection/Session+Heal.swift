internal import Locking

/// Prepared statements that the server lost or that mean something else since a migration.
extension Session {
    /// Forgets the statements of a call that failed for their sake; true if it may be sent once more.
    ///
    /// Outside of a transaction the failed call has done nothing. Inside of one the transaction is lost.
    func heal(_ operation: Operation, after error: PostgresError) -> Bool {
        guard let fields = error.server, !operation.statements.isEmpty else { return false }
        // 0A000 comes from many places; only this one means that a plan's result type has changed.
        let isStale = fields.sqlState == "0A000" && fields.routine == "RevalidateCachedQuery"
        let isMissing = fields.sqlState == "26000"
        let isTwice = fields.sqlState == "42P05"
        guard isStale || isMissing || isTwice else { return false }
        return state.withLock { state in
            for statement in operation.statements {
                state.statements.remove(statement, closesOnServer: isStale || isTwice)
            }
            return state.failure == nil && state.machine.transactionStatus == .idle
        }
    }
}
