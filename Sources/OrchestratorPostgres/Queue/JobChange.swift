internal import FoundationEssentials
internal import Orchestrator
internal import PostgresWire
internal import StoreContracts

/// What an operation on a claim does to the job, as the assignments of an UPDATE of `workflow_jobs AS j`.
enum JobChange: Sendable {
    /// The run has ended.
    case complete
    /// The run waits, until the deadline if there is one.
    case pause(deadline: Date?)
    /// The job is handed back, and the attempt does not count.
    case handBack
    /// The attempt failed.
    case fail(error: String, backoff: RetryBackoff)
    /// The job is given up.
    case giveUp(reason: String)
    /// The claim is renewed; nil: for the job's own timeout.
    case renew(milliseconds: Double?)

    init?(_ disposition: JobDisposition) {
        switch disposition {
        case .none: return nil
        case .ack: self = .complete
        case .release(_, let deadline): self = .pause(deadline: deadline)
        case .requeue: self = .handBack
        }
    }

    /// Whether the job may be claimable at once afterwards.
    var makesClaimable: Bool {
        switch self {
        case .handBack: true
        case .fail(_, let backoff): backoff.base <= .zero
        case .complete, .pause, .giveUp, .renew: false
        }
    }

    var assignments: PostgresQuery {
        switch self {
        case .complete:
            return "status = 'completed', worker_id = NULL, visible_at = NULL, \(Self.ended(error: nil))"
        case .pause(let deadline):
            return """
                status = 'paused', worker_id = NULL, visible_at = \(deadline), \(Self.ended(error: nil))
                """
        case .handBack:
            return """
                status = 'waiting', worker_id = NULL, visible_at = NULL, attempt = GREATEST(j.attempt - 1, 0),
                \(Self.ended(error: nil))
                """
        case .fail(let error, let backoff):
            let error = error.withoutZero
            return """
                status = CASE WHEN j.attempt >= j.max_attempts THEN 'dead_letter' ELSE 'waiting' END,
                worker_id = NULL, last_error = \(error), visible_at = \(Self.retryTime(backoff)),
                \(Self.ended(error: error))
                """
        case .giveUp(let reason):
            let reason = reason.withoutZero
            return """
                status = 'dead_letter', worker_id = NULL, visible_at = NULL, last_error = \(reason),
                \(Self.ended(error: reason))
                """
        case .renew(let milliseconds):
            return """
                last_heartbeat_at = clock_timestamp(), visible_at = clock_timestamp()
                    + COALESCE(\(milliseconds), j.visibility_timeout_ms) * interval '1 millisecond'
                """
        }
    }

    /// When a failed job is claimable again: the wait doubles with every attempt, up to a limit.
    private static func retryTime(_ backoff: RetryBackoff) -> PostgresQuery {
        guard backoff.base > .zero else { return "NULL" }
        return """
            CASE WHEN j.attempt < j.max_attempts THEN clock_timestamp() + LEAST(\(backoff.limit.milliseconds),
                \(backoff.base.milliseconds) * power(2, LEAST(GREATEST(j.attempt - 1, 0), 60)))
                * interval '1 millisecond' END
            """
    }

    /// Ends the newest attempt in the history.
    private static func ended(error: String?) -> PostgresQuery {
        "attempt_history = \(history(error: "\(error)"))"
    }

    /// The history with its newest attempt ended.
    static func history(error: PostgresQuery) -> PostgresQuery {
        """
        CASE WHEN jsonb_typeof(j.attempt_history) <> 'array' THEN '[]'
            WHEN jsonb_array_length(j.attempt_history) > 0 THEN jsonb_set(j.attempt_history, '{-1}',
            (j.attempt_history -> -1) || jsonb_build_object('ended_at', \(instant), 'error', \(error)))
            ELSE j.attempt_history END
        """
    }

    /// The present instant as JSON has it.
    static let instant: PostgresQuery = """
        to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
        """
}
