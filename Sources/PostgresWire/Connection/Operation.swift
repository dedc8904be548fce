internal import PostgresCodecs
internal import PostgresProtocol
internal import Synchronization

/// One call's share of a session: what was sent for it, what came back, and who waits.
///
/// `@unchecked Sendable`: while the session owes it replies, everything is touched only with the session's lock held;
/// once `isDone`, only its caller reads it.
final class Operation: @unchecked Sendable {
    /// What one statement came to.
    struct Result {
        let columns: RowColumns
        let storage: RowStorage
        let command: CommandTag
    }

    /// What the caller waits for.
    enum Milestone {
        /// ReadyForQuery, or the end of the session.
        case done
        /// The columns are known and rows are there, or `done`.
        case rows
        /// The server takes the data of a COPY, or `done`.
        case copyIn
        /// Written bytes have left, or `done`.
        case drained
    }

    /// The statements in order; empty for the simple protocol.
    let statements: [PreparedStatement]
    let treatment: Session.Treatment
    /// The SQL of a call of the simple protocol.
    let script: String?

    /// The form of each column, if the statement was sent alone and did not leave them all binary.
    var resultFormats: [PostgresFormat] = []
    private var formattedColumns: RowColumns?
    /// Whether its one statement is described and not run; the machine is past it by the time it is described.
    var isDescription = false

    var results: [Result] = []
    var columns: RowColumns?
    var storage: RowStorage?
    /// How many rows of the current statement have come.
    var rowCount = 0
    var copyIn: CopyResponse?
    var copyOut: CopyResponse?
    var error: PostgresError?
    private(set) var isDone = false
    var isCancelled = false
    /// Whether it is done, for those who do not hold the lock.
    private let finished = Atomic<Bool>(false)
    /// Whether its caller has gone with an error before the reply came.
    private(set) var isReleased = false
    /// Whether its deadline passed before it was done.
    var isLate = false
    /// Whether a cancelled task still waits for it: a ROLLBACK must not be cancelled.
    var isShielded = false
    /// Whether it resets the session for the next borrower; nobody waits for it.
    var isReset = false
    var hasBacklog = false
    /// Whether nobody reads the rows any more.
    var isAbandoned = false
    private var milestone = Milestone.done
    private var continuation: UnsafeContinuation<Void, Never>?

    init(statements: [PreparedStatement], script: String? = nil, _ treatment: Session.Treatment) {
        self.statements = statements
        self.script = script
        self.treatment = treatment
        isShielded = treatment.isShielded
    }

    /// How many bytes of rows may wait for the caller before reading stops; nil to collect them all.
    var streamLimit: Int? { treatment.streamLimit }

    var isFinished: Bool { finished.load(ordering: .acquiring) }

    /// The caller waits no longer, although a reply is still owed.
    func release(_ error: PostgresError) {
        self.error = error
        isReleased = true
        isAbandoned = true
    }

    /// No reply is owed any more.
    func finish() {
        isDone = true
        finished.store(true, ordering: .releasing)
    }

    func hasReached(_ milestone: Milestone) -> Bool {
        if isDone || isReleased { return true }
        switch milestone {
        case .done: return false
        case .rows: return (storage?.count ?? 0) > 0 || error != nil
        case .copyIn: return copyIn != nil || error != nil
        case .drained: return !hasBacklog || error != nil
        }
    }

    /// The error as its caller is to see it.
    var failure: PostgresError? {
        guard let error else {
            // A stream that ended by itself, but not for its caller, who must not take a part for the whole.
            guard isCancelled, isAbandoned else { return nil }
            return isLate ? .timedOutTooLate : .cancelledTooLate
        }
        if isReleased { return error }
        if isLate { return error.late }
        return isCancelled ? error.cancelled : error
    }

    /// Whether a statement of this call has ended a transaction, so that a later error does not undo it all.
    var hasCommitted: Bool { results.contains { $0.command.command.hasPrefix("COMMIT") } }

    /// Whether the statement under way can commit parts of its work, outside of a transaction.
    ///
    /// Source: PostgreSQL 18 manual, "Transaction Management" (of procedures), "VACUUM", "CREATE INDEX".
    var commitsByItself: Bool {
        guard let sql = currentStatement(results.count)?.key.sql ?? script else { return false }
        let text = sql.uppercased()
        let word = text.drop { !$0.isLetter }.prefix { $0.isLetter }
        let committing = ["CALL", "DO", "VACUUM", "REINDEX", "CLUSTER"]
        return committing.contains(String(word)) || text.contains("CONCURRENTLY")
    }

    func park(_ continuation: UnsafeContinuation<Void, Never>, until milestone: Milestone) {
        self.milestone = milestone
        self.continuation = continuation
    }

    /// Takes the continuation of a caller whose milestone is reached.
    func takeReady() -> UnsafeContinuation<Void, Never>? {
        guard let waiting = continuation, hasReached(milestone) else { return nil }
        continuation = nil
        return waiting
    }

    /// Appends a row of the current statement.
    func append(_ row: RawSpan) {
        if isAbandoned { return }
        if let storage {
            storage.append(row)
            return
        }
        let fresh = RowStorage(capacity: max(row.byteCount, 64))
        fresh.append(row)
        storage = fresh
    }

    /// Ends the current statement.
    ///
    /// The rows of a stream stay where its caller takes them.
    func complete(_ command: CommandTag, columns: RowColumns) {
        if streamLimit != nil {
            self.columns = columns
            results.append(Result(columns: columns, storage: .empty, command: command))
            return
        }
        results.append(Result(columns: columns, storage: storage ?? .empty, command: command))
        storage = nil
    }

    /// The statement at `index` of this call; nil in the simple protocol.
    func currentStatement(_ index: Int) -> PreparedStatement? {
        if isDescription { return statements.first }
        return index < statements.count ? statements[index] : nil
    }

    /// The columns of the statement at `index`.
    func currentColumns(_ index: Int) -> RowColumns? {
        guard let described = currentStatement(index)?.columns else { return columns }
        guard !resultFormats.isEmpty else { return described }
        if let formattedColumns { return formattedColumns }
        formattedColumns = RowColumns(described.fields, format: .text, formats: resultFormats)
        return formattedColumns
    }
}
