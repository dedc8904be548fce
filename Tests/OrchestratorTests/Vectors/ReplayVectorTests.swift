import FoundationEssentials
import JSONModel
import Testing

@testable import Orchestrator

struct ReplayVectorTests {
    @Test func `all 10 logs fold to the recorded states`() throws {
        let vectors = try RuntimeVectors.list("replay")
        #expect(vectors.count == 10)
        for vector in vectors {
            let name = try vector.text("name")
            let events = try #require(vector["events"]?.arrayValue).map { try WorkflowEvent(vector: $0) }
            var fold = EventFold(try Self.start(vector, events))
            try fold.apply(events)
            #expect(fold.state.json.without(ownFields) == (try vector.member("folded_state")), "\(name)")
            #expect(fold.lastSequenceID == events.count - 1, "\(name)")
        }
    }

    @Test func `folding twice gives the same canonical text`() throws {
        let vector = try #require(try RuntimeVectors.list("replay").last)
        let events = try #require(vector["events"]?.arrayValue).map { try WorkflowEvent(vector: $0) }
        let texts = try (1...2).map { _ in
            var fold = EventFold(try Self.start(vector, events))
            try fold.apply(events)
            return fold.state.json.jsonText(.canonical)
        }
        #expect(texts[0] == texts[1])
    }

    /// The pending state of the run, from the first `workflow_started`.
    private static func start(_ vector: JSONValue, _ events: [WorkflowEvent]) throws -> WorkflowState {
        let started = try #require(events.first { $0.eventType == .workflowStarted })
        let first = try #require(events.first)
        var fields = try #require(started.internalPayload?["config"]?.objectValue)
        fields["workflow_id"] = try vector.member("graph_id")
        fields["run_id"] = first.runID.json
        fields["created_at"] = first.createdAt.json
        fields["updated_at"] = first.createdAt.json
        return try WorkflowState(json: .object(fields))
    }
}

extension WorkflowEvent {
    /// Reads an event as the vectors hold it.
    init(vector json: JSONValue) throws {
        let event = NewWorkflowEvent(
            id: try UUID(json: try json.member("id")), runID: try UUID(json: try json.member("run_id")),
            sequenceID: try #require(json["sequence_id"]?.intValue),
            eventType: WorkflowEventType(rawValue: try json.text("event_type")),
            nodeID: json["node_id"]?.stringValue, action: json["action"],
            internalType: json["internal_type"]?.stringValue, internalPayload: json["internal_payload"])
        self.init(event, createdAt: try Date(json: try json.member("created_at")))
    }
}
