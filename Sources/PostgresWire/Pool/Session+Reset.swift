internal import Locking
internal import PostgresProtocol
internal import Synchronization

/// Bringing a session back to what a new one would be.
extension Session {
    /// Whether a session can be lent again.
    enum Tidiness: Sendable {
        /// It has ended.
        case broken
        /// Nothing is owed and no transaction is open.
        case tidy
        /// A reply is owed or a transaction is open.
        case untidy
    }

    var tidiness: Tidiness {
        locked { state, _ in
            if state.failure != nil { return .broken }
            let isIdle = state.machine.transactionStatus == .idle && state.savepoints == 0
            return state.pending.count == 0 && isIdle ? .tidy : .untidy
        }
    }

    /// Everything that a session can keep beyond a transaction, but prepared statements, which stay valid.
    ///
    /// Source: PostgreSQL 18 manual, "DISCARD".
    private static let reset = """
        CLOSE ALL; SET SESSION AUTHORIZATION DEFAULT; RESET ALL; UNLISTEN *; \
        SELECT pg_catalog.pg_advisory_unlock_all(); DISCARD TEMP; DISCARD SEQUENCES
        """

    /// Puts a reset in front of whatever is sent next, without a round trip of its own; false if it is owed already.
    ///
    /// If it fails, the session is closed.
    func oweReset(always: Bool) -> Bool {
        locked { state, _ in
            guard !state.owesReset, always || state.isChanged else { return false }
            state.owesReset = true
            state.isChanged = false
            return true
        }
    }

    /// Appends the reset that is owed; called with the lock held by whoever sends next.
    func appendReset(_ state: inout SessionState) {
        state.owesReset = false
        var sql = Self.reset
        if state.hasPrepared {
            // The names that SQL has given are not known here, so our own statements go with them.
            sql += "; DEALLOCATE ALL"
            state.statements.removeAll()
            state.hasPrepared = false
        }
        state.output.appendQuery(sql)
        state.machine.sent(.simple)
        let operation = Operation(statements: [], Treatment(isShielded: true))
        operation.isReset = true
        state.pending.append(operation)
        Session.waiting.add(1, ordering: .relaxed)
    }

    /// Notes what a finished statement tells of the session's state.
    func noteChange(by operation: Operation, _ index: Int, _ command: CommandTag, _ state: inout SessionState)
    {
        switch command.command {
        case _ where operation.isReset: state.isChanged = false
        case _ where operation.treatment.changesSession: state.isChanged = true
        case "PREPARE":
            state.hasPrepared = true
            state.isChanged = true
        case "SET", "RESET", "LISTEN", "DECLARE CURSOR", "LOAD", "DISCARD", "DISCARD ALL", "DO", "CALL":
            state.isChanged = true
        // A table that is made of a query counts rows like a SELECT.
        case "SELECT", "EXPLAIN": if operation.mentionsTemporary(index) { state.isChanged = true }
        case let name where name.hasPrefix("CREATE "):
            if operation.mentionsTemporary(index) { state.isChanged = true }
        default: break
        }
    }
}

extension Operation {
    /// Whether the SQL of a statement has the word TEMP, TEMPORARY or PG_TEMP.
    fileprivate func mentionsTemporary(_ index: Int) -> Bool {
        if let statement = currentStatement(index) { return statement.mentionsTemporary }
        return script.map(TemporaryWords.occur(in:)) ?? true
    }
}

extension PostgresClient {
    /// Prepends a reset to the next use of a connection if the policy asks for it.
    func resetIfNeeded(_ lease: PooledConnection) -> Bool {
        let session = lease.connection.session
        switch configuration.reset {
        case .never: return false
        case .always: return session.oweReset(always: true)
        case .automatic: return session.oweReset(always: false)
        }
    }
}
