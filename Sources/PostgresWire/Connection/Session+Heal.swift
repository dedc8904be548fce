internal import Locking
internal import PostgresProtocol

/// Prepared statements that the server lost or that mean something else since a migration.
extension Session {
    /// Forgets the statements of a call that failed for their sake; true if it may be sent once more.
    ///
    /// Outside of a transaction the failed call has done nothing, unless it was a batch with transaction commands of its
    /// own. Inside of one the transaction is lost.
    func heal(_ operation: Operation, after error: PostgresError) -> Bool {
        guard let fields = error.server, !operation.statements.isEmpty else { return false }
        // 0A000 comes from many places; only this one means that a plan's result type has changed.
        let isStale = fields.sqlState == "0A000" && fields.routine == "RevalidateCachedQuery"
        let isMissing = fields.sqlState == "26000"
        let isTwice = fields.sqlState == "42P05"
        guard isStale || isMissing || isTwice else { return false }
        if isMissing || isTwice { state.withLock { $0.sharesServer = true } }
        return renewStatements(of: operation)
    }

    /// Lets the statements of a call be prepared anew; true if the call may be sent once more.
    func renewStatements(of operation: Operation) -> Bool {
        state.withLock { state in
            for statement in operation.statements {
                // Closed in any case: behind a pooler the next server session may have what this one lacks.
                state.statements.renew(statement)
            }
            let hasDoneNothing = operation.results.allSatisfy { !Self.endsTransactions($0.command) }
            return hasDoneNothing && state.failure == nil && state.machine.transactionStatus == .idle
        }
    }

    /// Whether a command divides a batch, which then is no longer one transaction.
    private static func endsTransactions(_ command: CommandTag) -> Bool {
        ["BEGIN", "START TRANSACTION", "COMMIT", "ROLLBACK", "PREPARE TRANSACTION"].contains(command.command)
    }
}
