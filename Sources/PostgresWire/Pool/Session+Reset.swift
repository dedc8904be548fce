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

    /// Puts a reset in front of whatever is sent next, without a round trip of its own.
    ///
    /// If it fails, the session is closed.
    func prependReset() {
        locked { state, _ in
            guard state.failure == nil, state.gates == 0 else { return }
            state.isChanged = false
            state.output.appendQuery(Self.reset)
            state.machine.sent(.simple)
            let operation = Operation(statements: [], Treatment(isShielded: true))
            operation.isReset = true
            state.pending.append(operation)
            Session.waiting.add(1, ordering: .relaxed)
        }
    }

    /// Notes what a finished statement tells of the session's state.
    static func changesSession(_ command: CommandTag, sql: String?) -> Bool {
        switch command.command {
        case "SET", "RESET", "LISTEN", "PREPARE", "DECLARE CURSOR", "LOAD", "DISCARD", "DISCARD ALL":
            return true
        case "CREATE TABLE", "CREATE TABLE AS", "SELECT INTO", "CREATE VIEW", "CREATE SEQUENCE":
            guard let sql else { return true }
            return sql.prefix(200).uppercased().contains("TEMP")
        default: return false
        }
    }
}

extension PostgresClient {
    /// Prepends a reset to the next use of a connection if the policy asks for it.
    func resetIfNeeded(_ lease: PooledConnection) -> Bool {
        let session = lease.connection.session
        switch configuration.reset {
        case .never: return false
        case .always: break
        case .automatic:
            guard session.locked({ state, _ in state.isChanged }) else { return false }
        }
        session.prependReset()
        return true
    }
}
