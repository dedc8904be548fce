public import FoundationEssentials
public import JSONModel

/// A transition that the runner itself makes, logged as `internal_dispatched`.
public enum InternalDispatch: Sendable, Equatable {
    /// `_init`: the run starts at a node.
    case start(node: String)
    /// `_init` with `resume`: the run is taken up again.
    case resume(ClaimAudit = ClaimAudit())
    /// `_advance`: an edge leads to a node.
    case advance(to: String)
    /// `_increment_iteration`: a node execution is complete; `elapsed` is the time that the run was active for it.
    case incrementIteration(elapsed: Duration? = nil)
    /// `_complete`: the run has succeeded.
    case complete
    /// `_fail`: the run has failed.
    case fail(lastError: String)
    /// `_timeout`: a time limit has passed.
    case timeOut
    /// `_cancel`: a user has decided.
    case cancel
    /// `_track_tokens`: adds to the three totals.
    case trackTokens(total: Int, input: Int, output: Int)
    /// `_track_cost`: adds to the cost.
    case trackCost(usd: Double)
    /// `_track_model_usage`: adds to the breakdowns.
    case trackModelUsage(ModelUsage)
    /// `_fire_cost_threshold`: a fraction of the cost budget was announced.
    case fireCostThreshold(Double)
    /// `_budget_exceeded`: the run has failed because it used too much.
    case budgetExceeded(lastError: String)
    /// `_push_compensation`: remembers what would undo an action.
    case pushCompensation(CompensationEntry)
    /// `_pop_compensation`: forgets the newest of these.
    case popCompensation
    /// A transition that this version does not know; it changes nothing.
    case unknown(type: String, JSONObject)

    /// The wire name.
    public var type: String {
        switch self {
        case .start, .resume: "_init"
        case .advance: "_advance"
        case .incrementIteration: "_increment_iteration"
        case .complete: "_complete"
        case .fail: "_fail"
        case .timeOut: "_timeout"
        case .cancel: "_cancel"
        case .trackTokens: "_track_tokens"
        case .trackCost: "_track_cost"
        case .trackModelUsage: "_track_model_usage"
        case .fireCostThreshold: "_fire_cost_threshold"
        case .budgetExceeded: "_budget_exceeded"
        case .pushCompensation: "_push_compensation"
        case .popCompensation: "_pop_compensation"
        case .unknown(let type, _): type
        }
    }

    /// Reads a logged transition; unknown types are kept, unusable usage numbers count as zero.
    ///
    /// - Throws: `WorkflowShapeError` if a field of a known type is missing or of the wrong kind.
    public init(type: String, payload: JSONObject) throws(WorkflowShapeError) {
        var fields = FieldReader(payload)
        switch type {
        case "_init":
            let isResume: Bool = try fields.value("resume", default: false)
            self =
                isResume ? .resume(try ClaimAudit(payload)) : .start(node: try fields.required("start_node"))
        case "_advance":
            self = .advance(to: try fields.required("node_id"))
        case "_increment_iteration":
            self = .incrementIteration(elapsed: try fields.optional("elapsed_ms"))
        case "_complete": self = .complete
        case "_fail": self = .fail(lastError: try fields.value("last_error", default: ""))
        case "_timeout": self = .timeOut
        case "_cancel": self = .cancel
        case "_track_tokens":
            self = .trackTokens(
                total: payload.usageCount("tokens"), input: payload.usageCount("input_tokens"),
                output: payload.usageCount("output_tokens"))
        case "_track_cost":
            self = .trackCost(usd: payload.usageAmount("cost_usd"))
        case "_track_model_usage":
            self = .trackModelUsage(try ModelUsage(payload))
        case "_fire_cost_threshold":
            self = .fireCostThreshold(try fields.required("threshold"))
        case "_budget_exceeded":
            self = .budgetExceeded(lastError: try fields.value("last_error", default: ""))
        case "_push_compensation":
            self = .pushCompensation(try CompensationEntry(json: .object(payload)))
        case "_pop_compensation": self = .popCompensation
        default: self = .unknown(type: type, payload)
        }
    }

    /// The payload for the log, with the instant of the dispatch.
    ///
    /// Replay applies the transition with that instant, so give the same one to the reducer.
    public func payload(dispatchedAt: Date) -> JSONObject {
        var fields = FieldWriter()
        switch self {
        case .start(let node): fields.write(node, as: "start_node")
        case .resume(let audit):
            fields.write(true, as: "resume")
            audit.write(to: &fields)
        case .advance(let node): fields.write(node, as: "node_id")
        case .incrementIteration(let elapsed): fields.write(elapsed, as: "elapsed_ms")
        case .complete, .timeOut, .cancel, .popCompensation: break
        case .fail(let message), .budgetExceeded(let message): fields.write(message, as: "last_error")
        case .trackTokens(let total, let input, let output):
            fields.write(total, as: "tokens")
            fields.write(input, as: "input_tokens")
            fields.write(output, as: "output_tokens")
        case .trackCost(let usd): fields.write(usd, as: "cost_usd")
        case .trackModelUsage(let usage): usage.write(to: &fields)
        case .fireCostThreshold(let fraction): fields.write(fraction, as: "threshold")
        case .pushCompensation(let entry):
            fields.write(entry.actionID, as: "action_id")
            fields.write(entry.compensation, as: "compensation_action")
        case .unknown(_, let payload): fields = FieldWriter(payload)
        }
        fields.write(dispatchedAt, as: "_dispatched_at")
        return fields.fields
    }
}
