public import JSONModel

/// Holds what an action does, checked against its type.
///
/// A payload of a known type that does not fit cannot be built, so a malformed action never reaches the log.
public enum ActionPayload: Sendable, Equatable {
    /// Merges updates into the shared memory, key by key.
    case updateMemory(JSONObject)
    /// Changes the run's status.
    case setStatus(
        WorkflowStatus, lessonProvenance: [String: LessonProvenanceEntry] = [:],
        completionReason: String? = nil)
    /// Moves the run to a node.
    case gotoNode(String)
    /// Hands the run from a supervisor to one of its nodes.
    case handoff(HandoffPayload)
    /// Pauses the run.
    case requestHumanInput(HumanInputRequest)
    /// Applies a person's decision.
    case resumeFromHuman(HumanResumption)
    /// Merges the results of parallel workers; the token count is recorded and not added up.
    case mergeParallelResults(JSONObject, totalTokens: Int? = nil)
    /// An action of a type that this version does not know.
    case unknown(type: String, JSONObject)

    /// The type, as on the wire.
    public var type: ActionType {
        switch self {
        case .updateMemory: .updateMemory
        case .setStatus: .setStatus
        case .gotoNode: .gotoNode
        case .handoff: .handoff
        case .requestHumanInput: .requestHumanInput
        case .resumeFromHuman: .resumeFromHuman
        case .mergeParallelResults: .mergeParallelResults
        case .unknown(let type, _): ActionType(rawValue: type)
        }
    }

    /// Reads the payload of an action type.
    ///
    /// - Throws: `WorkflowShapeError` if a field of a known type is missing or of the wrong kind.
    public init(type: ActionType, fields payload: JSONObject) throws(WorkflowShapeError) {
        var fields = FieldReader(payload)
        switch type {
        case .updateMemory:
            self = .updateMemory(try fields.required("updates"))
        case .setStatus:
            self = .setStatus(
                try fields.required("status"),
                lessonProvenance: try fields.value("lesson_provenance", default: [:]),
                completionReason: try fields.optional("supervisor_completion_reason"))
        case .gotoNode:
            self = .gotoNode(try fields.required("node_id"))
        case .handoff:
            self = .handoff(try HandoffPayload(payload))
        case .requestHumanInput:
            self = .requestHumanInput(try HumanInputRequest(payload))
        case .resumeFromHuman:
            self = .resumeFromHuman(try HumanResumption(payload))
        case .mergeParallelResults:
            self = .mergeParallelResults(
                try fields.required("updates"), totalTokens: try fields.optional("total_tokens"))
        default:
            self = .unknown(type: type.rawValue, payload)
        }
    }

    /// The payload's JSON fields.
    public var fields: JSONObject {
        var fields = FieldWriter()
        switch self {
        case .updateMemory(let updates):
            fields.write(updates, as: "updates")
        case .setStatus(let status, let provenance, let reason):
            fields.write(status, as: "status")
            if !provenance.isEmpty { fields.write(provenance, as: "lesson_provenance") }
            fields.write(reason, as: "supervisor_completion_reason")
        case .gotoNode(let node):
            fields.write(node, as: "node_id")
        case .handoff(let payload):
            return payload.fields
        case .requestHumanInput(let request):
            return request.fields
        case .resumeFromHuman(let resumption):
            return resumption.fields
        case .mergeParallelResults(let updates, let tokens):
            fields.write(updates, as: "updates")
            fields.write(tokens, as: "total_tokens")
        case .unknown(_, let payload):
            return payload
        }
        return fields.fields
    }
}
