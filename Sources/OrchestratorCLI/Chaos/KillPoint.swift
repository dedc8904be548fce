#if CLI
/// A place in the life of a worker at which it can be killed.
enum KillPoint: String, CaseIterable, Sendable {
    /// A claim was answered.
    case claimed
    /// The position of a run was read.
    case positionRead = "position_read"
    /// The first commit of a run is about to be sent.
    case genesisBefore = "genesis_before"
    case genesisAfter = "genesis_after"
    case handlerEntered = "handler_entered"
    case handlerReturned = "handler_returned"
    /// An effect outside of the step's transaction was made.
    case effectMade = "effect_made"
    case itemEntered = "item_entered"
    case itemReturned = "item_returned"
    /// The finished item of a map is about to be recorded.
    case itemCommitBefore = "item_commit_before"
    case itemCommitAfter = "item_commit_after"
    case stepCommitBefore = "step_commit_before"
    case stepCommitAfter = "step_commit_after"
    /// A transactional handler has written, and its step has not.
    case transactionWritten = "transaction_written"
    /// A transactional step is written, and not committed.
    case transactionCommitBefore = "transaction_commit_before"
    case transactionCommitAfter = "transaction_commit_after"
    case pauseCommitBefore = "pause_commit_before"
    case pauseCommitAfter = "pause_commit_after"
    /// The answer of a person is about to be applied.
    case resumeCommitBefore = "resume_commit_before"
    case resumeCommitAfter = "resume_commit_after"
    /// The log is about to be compacted.
    case compactionBefore = "compaction_before"
    case compactionAfter = "compaction_after"
    case endCommitBefore = "end_commit_before"
    case endCommitAfter = "end_commit_after"
    case heartbeatBefore = "heartbeat_before"
    case heartbeatAfter = "heartbeat_after"

    /// How often a worker passes it, at most, before a run has ended; a kill is planned at one of these hits.
    var hits: Int {
        switch self {
        case .itemEntered, .itemReturned, .itemCommitBefore, .itemCommitAfter: 20
        case .stepCommitBefore, .stepCommitAfter: 8
        case .handlerEntered, .handlerReturned: 6
        case .effectMade: 4
        case .claimed, .positionRead: 3
        default: 2
        }
    }
}
#endif
