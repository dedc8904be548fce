public import FoundationEssentials

/// The reasons for which a store refuses or fails a call.
///
/// The named errors of the contracts are cases here, with the fields that the contracts list. `name` is stable.
public enum StoreErrorCode: Hashable, Sendable {
    /// Another event holds this place in the log of the run. Fatal for the runner that appended.
    case eventSequenceConflict(runID: UUID, sequenceID: Int)
    /// The run was claimed again since; whoever holds `staleEpoch` must stop and write nothing more.
    case staleClaim(runID: UUID, staleEpoch: Int, currentEpoch: Int)
    /// The job that the step was executed for is held by another claim, or by none; nothing was committed.
    case jobNotHeld(jobID: UUID)
    /// The run has no row, so `table` cannot take rows of it. Save the graph, then the run, first.
    case missingRunRecord(runID: UUID, table: String)
    /// The graph that a run or job names is not stored.
    case missingGraph(graphID: UUID)
    /// Runs still refer to the graph that was to be deleted.
    case graphInUse(graphID: UUID)
    /// The id belongs to a row of another tenant.
    case tenantConflict(table: String, id: String)
    /// A row that this call refers to does not exist.
    case missingRecord(table: String, id: String)
    /// A name or key that must be unique is taken by another row.
    case alreadyExists(table: String, key: String)
    /// The transition is not allowed, as from a terminal status back to a running one.
    case invalidTransition(from: String, to: String)
    /// Deleting events up to `through` would go past the newest checkpoint (nil: there is none).
    case compactionBeyondCheckpoint(runID: UUID, through: Int, checkpoint: Int?)
    /// An argument is out of its range or malformed; nothing was sent.
    case invalidArgument(name: String)
    /// A vector has another number of dimensions than the store; `context` names the call.
    case dimensionMismatch(expected: Int, actual: Int, context: String)
    /// A stored value does not have the shape that it must have.
    case corruptRecord(table: String, id: String)
    /// The stored value was written by a newer version of the engine.
    case newerVersion(found: Int, supported: Int)
    /// The store cannot be reached, is shutting down, or has no connection free.
    case unavailable
    /// The store gave up this transaction in favour of another one (deadlock, serialization failure).
    case contention
    /// A deadline passed before the answer came.
    case timedOut
    /// The calling task was cancelled.
    case cancelled
    /// The role may not do this, or the row-level security of the tenant refuses it.
    case notPermitted
    /// The store lacks something that must be set up first: schema, extension, role, setting.
    case misconfigured
    /// The store is out of space or another limit that waiting does not lift.
    case resourceExhausted
    /// The adapter has no such capability.
    case unsupported(capability: String)
    /// Anything else; the cause says what.
    case other

    /// The stable name of the case, without its fields.
    public var name: String {
        switch self {
        case .eventSequenceConflict: "eventSequenceConflict"
        case .staleClaim: "staleClaim"
        case .jobNotHeld: "jobNotHeld"
        case .missingRunRecord: "missingRunRecord"
        case .missingGraph: "missingGraph"
        case .graphInUse: "graphInUse"
        case .tenantConflict: "tenantConflict"
        case .missingRecord: "missingRecord"
        case .alreadyExists: "alreadyExists"
        case .invalidTransition: "invalidTransition"
        case .compactionBeyondCheckpoint: "compactionBeyondCheckpoint"
        case .invalidArgument: "invalidArgument"
        case .dimensionMismatch: "dimensionMismatch"
        case .corruptRecord: "corruptRecord"
        case .newerVersion: "newerVersion"
        case .unavailable: "unavailable"
        case .contention: "contention"
        case .timedOut: "timedOut"
        case .cancelled: "cancelled"
        case .notPermitted: "notPermitted"
        case .misconfigured: "misconfigured"
        case .resourceExhausted: "resourceExhausted"
        case .unsupported: "unsupported"
        case .other: "other"
        }
    }

    /// Whether the same call may succeed a moment later without anybody changing anything.
    public var isTransient: Bool {
        switch self {
        case .unavailable, .contention, .timedOut: true
        default: false
        }
    }

    /// Whether the run now belongs to somebody else: stop it, write nothing more.
    public var meansClaimLost: Bool {
        switch self {
        case .staleClaim, .eventSequenceConflict, .jobNotHeld: true
        default: false
        }
    }
}
