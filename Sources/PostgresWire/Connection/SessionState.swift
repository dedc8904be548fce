internal import PostgresProtocol

/// Everything about a session that changes; guarded by the session's lock.
struct SessionState: ~Copyable {
    var machine = SessionMachine()
    var output = ByteWriter(capacity: 1_024)
    /// How many bytes of `output` have left.
    var sent = 0
    var input = InputBuffer()
    var pending = PendingOperations()
    var statements: StatementCache
    var parameters: [String: String]
    var interest: Interest = []
    /// Whether the loop should watch for replies; off while a caller waits on its own thread.
    var watchesReads = false
    /// Whether reading stops until a caller has taken rows.
    var isPaused = false
    /// Whether the loop will write at the end of its turn.
    var willFlush = false
    /// How many callers keep the output back for a moment.
    var holds = 0
    /// Why nobody may send now: a COPY on its way in, or a cancel request under way.
    var gates = 0
    var gated: [UnsafeContinuation<Void, Never>] = []
    /// How many threads tell observers now what they have read; the callers concerned wait for that in `heldBack`.
    var tellers = 0
    var heldBack: [UnsafeContinuation<Void, Never>] = []
    /// The moving average of a reply's time in microseconds, as seen by callers outside of the loop.
    var averageReply: Int64 = 50
    /// How many savepoints of `withTransaction` are open.
    var savepoints = 0
    /// How `withTransaction` began the transaction that is open.
    var transaction = TransactionOptions()
    /// Since when an open transaction waits for a statement; it counts only while nothing is owed.
    var idleSince = ContinuousClock.Instant.now
    /// Whether a timer will look at `idleSince`.
    var watchesIdleness = false
    /// Whether a statement may have changed what outlives a transaction.
    var isChanged = false
    /// Whether the server turned out not to be what the configuration wants.
    var isDemoted = false
    /// Whether a server session was not ours alone: a name may then be taken wherever we come, and is closed before use.
    var sharesServer = false
    /// Whether the session is reset before whatever is sent next.
    var owesReset = false
    /// Whether a statement was prepared by SQL, which a reset then has to undo.
    var hasPrepared = false
    var failure: PostgresError?
    /// Takes notifications, with the session's lock held: it may only queue them and name callers to wake.
    var notificationSink: (@Sendable (NotificationResponse, inout Wakeups) -> Void)?
    /// Is told once why the session has ended, under the same rule.
    var endSink: (@Sendable (PostgresError, inout Wakeups) -> Void)?
    var noticeSink: (@Sendable (DiagnosticFields) -> Void)?
    /// How many bytes have come since an observed call ended.
    var receivedBytes = 0
    /// The transaction block that is open, if somebody observes it.
    var observedTransaction: TransactionObservation?

    init(statements: StatementCache, parameters: [String: String]) {
        self.statements = statements
        self.parameters = parameters
    }

    /// The callers that waited for observers to be told.
    mutating func takeHeldBack() -> [UnsafeContinuation<Void, Never>] {
        defer { heldBack = [] }
        return heldBack
    }
}
