extension StoreErrorCode {
    /// One sentence that says what happened.
    package var sentence: String {
        switch self {
        case .eventSequenceConflict(let run, let sequence):
            "Run \(run.text) already has another event with sequence \(sequence)."
        case .staleClaim(let run, let stale, let current):
            "Run \(run.text) was claimed again: this claim has epoch \(stale), the run has \(current)."
        case .jobNotHeld(let job): "Job \(job.text) is not held by this claim any more."
        case .missingRunRecord(let run, let table):
            "Run \(run.text) has no row in workflow_runs, so \(table) cannot take rows of it."
        case .missingGraph(let graph): "Graph \(graph.text) is not stored."
        case .graphInUse(let graph): "Graph \(graph.text) is used by runs and cannot be deleted."
        case .tenantConflict(let table, let id): "\(id) in \(table) belongs to another tenant."
        case .missingRecord(let table, let id): "\(id) does not exist in \(table)."
        case .alreadyExists(let table, let key): "\(key) is already taken in \(table)."
        case .invalidTransition(let from, let to): "A run that is \(from) cannot become \(to)."
        case .compactionBeyondCheckpoint(let run, let through, let checkpoint):
            "Events of run \(run.text) up to \(through) cannot be deleted: "
                + (checkpoint.map { "the newest checkpoint is at \($0)." } ?? "there is no checkpoint.")
        case .invalidArgument(let name): "The argument \(name) is not valid."
        case .dimensionMismatch(let expected, let actual, let context):
            "\(context) got a vector of \(actual) dimensions where \(expected) are stored."
        case .corruptRecord(let table, let id): "\(id) in \(table) does not have the expected shape."
        case .newerVersion(let found, let supported):
            "The stored value has version \(found), from a newer engine; this one knows \(supported)."
        case .unavailable: "The store cannot be reached."
        case .contention: "The store gave this transaction up in favour of another one."
        case .timedOut: "The store did not answer in time."
        case .cancelled: "The call was cancelled."
        case .notPermitted: "The store does not permit this call."
        case .misconfigured: "The store is not set up for this call."
        case .resourceExhausted: "The store has no room left for this call."
        case .unsupported(let capability): "This store has no \(capability)."
        case .other: "The store failed."
        }
    }

    /// One sentence that says what to do, used where the adapter has none of its own.
    package var defaultRemedy: String {
        switch self {
        case .eventSequenceConflict, .staleClaim, .jobNotHeld:
            "Stop this runner without writing; the run goes on where it was claimed."
        case .missingRunRecord: "Save the graph, then the run, before its events and states."
        case .missingGraph: "Save the graph before runs of it."
        case .graphInUse: "Delete or archive its runs first."
        case .tenantConflict: "Use an id of this tenant."
        case .missingRecord: "Check the id."
        case .alreadyExists: "Use another name, or update the existing row."
        case .invalidTransition: "Start a new run instead."
        case .compactionBeyondCheckpoint: "Write a checkpoint at that sequence first."
        case .invalidArgument: "Correct the argument."
        case .dimensionMismatch: "Use the model that the stored vectors were made with."
        case .corruptRecord: "Repair or remove the row."
        case .newerVersion: "Update this program."
        case .unavailable, .contention, .timedOut: "Try again."
        case .cancelled: "Call again if the result is still wanted."
        case .notPermitted: "Check the role and the tenant of the connection."
        case .misconfigured: "Run `orchestrator doctor`."
        case .resourceExhausted: "Free space or raise the limit, then try again."
        case .unsupported: "Use a store that has it."
        case .other: "See the cause."
        }
    }
}
