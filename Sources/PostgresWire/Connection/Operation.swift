internal import PostgresCodecs
internal import PostgresProtocol

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
    /// How many bytes of rows may wait for the caller before reading stops; nil to collect them all.
    let streamLimit: Int?

    var results: [Result] = []
    var columns: RowColumns?
    var storage: RowStorage?
    var copyIn: CopyResponse?
    var error: PostgresError?
    var isDone = false
    var isCancelled = false
    /// Whether a cancelled task still waits for it: a ROLLBACK must not be cancelled.
    var isShielded = false
    var hasBacklog = false
    /// Whether nobody reads the rows any more.
    var isAbandoned = false
    private var milestone = Milestone.done
    private var continuation: UnsafeContinuation<Void, Never>?

    init(statements: [PreparedStatement], streamLimit: Int? = nil) {
        self.statements = statements
        self.streamLimit = streamLimit
    }

    func hasReached(_ milestone: Milestone) -> Bool {
        if isDone { return true }
        switch milestone {
        case .done: return false
        case .rows: return (storage?.count ?? 0) > 0 || error != nil
        case .copyIn: return copyIn != nil || error != nil
        case .drained: return !hasBacklog || error != nil
        }
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
        index < statements.count ? statements[index] : nil
    }

    /// The columns of the statement at `index`.
    func currentColumns(_ index: Int) -> RowColumns? { currentStatement(index)?.columns ?? columns }
}
