import FoundationEssentials
import JSONModel
import Testing

@testable import Orchestrator

struct EventFoldTests {
    private static func event(
        _ sequence: Int, _ type: WorkflowEventType, node: String? = nil, action: JSONValue? = nil,
        internalType: String? = nil, payload: JSONValue? = nil
    ) -> WorkflowEvent {
        let event = NewWorkflowEvent(
            id: testID(UInt8(sequence)), runID: testID(2), sequenceID: sequence, eventType: type,
            nodeID: node,
            action: action, internalType: internalType, internalPayload: payload)
        return WorkflowEvent(event, createdAt: testTime(1000))
    }

    private static func action(_ sequence: Int, _ payload: ActionPayload) -> WorkflowEvent {
        event(sequence, .actionDispatched, node: "n", action: WorkflowAction(payload).json)
    }

    @Test func `actions and transitions are counted and markers are ignored`() throws {
        var fold = EventFold(testState())
        try fold.apply([
            Self.action(0, .updateMemory(["a": 1])),
            Self.event(1, .internalDispatched, internalType: "_increment_iteration", payload: [:]),
            Self.event(2, .nodeStarted, node: "x"), Self.event(3, .statePersisted),
            Self.event(4, .childActionDispatched, action: WorkflowAction(.updateMemory(["b": 1])).json),
            Self.event(5, .workflowStarted, payload: ["config": ["goal": "other"]]),
            Self.event(6, WorkflowEventType(rawValue: "from_the_future")), Self.event(7, .actionDispatched),
        ])
        #expect(fold.actionCount == 1)
        #expect(fold.dispatchCount == 1)
        #expect(fold.lastSequenceID == 7)
        #expect(fold.state.memory == ["a": 1])
        #expect(fold.state.goal == "g")
        #expect(fold.state.iterationCount == 1)
    }

    @Test func `time comes from the dispatch and else from the row`() throws {
        var fold = EventFold(testState())
        try fold.apply(
            Self.event(
                0, .internalDispatched, internalType: "_complete",
                payload: ["_dispatched_at": "2026-01-01T00:00:00.500Z"]))
        #expect(fold.state.updatedAt == testTime(500))
        try fold.apply(Self.event(1, .internalDispatched, internalType: "_complete"))
        #expect(fold.state.updatedAt == testTime(1000))
    }

    @Test func `a decision is no execution of its node`() throws {
        var fold = EventFold(testState(.waiting))
        try fold.apply([
            Self.action(0, .resumeFromHuman(HumanResumption(decision: .approved))),
            Self.event(1, .internalDispatched, internalType: "_increment_iteration"),
            Self.action(2, .updateMemory([:])),
        ])
        #expect(fold.executedSteps == [EventFold.ExecutedStep(nodeID: "n", iteration: 1)])
    }

    @Test func `folding stops before the given sequence`() throws {
        var fold = EventFold(testState())
        try fold.apply((0..<3).map { Self.action($0, .updateMemory(["k": .number($0)])) }, before: 2)
        #expect(fold.state.memory == ["k": 1])
        #expect(fold.lastSequenceID == 1)
        var empty = EventFold(testState())
        try empty.apply([])
        #expect(empty.state == testState())
    }

    @Test func `a malformed event is named and changes nothing`() throws {
        var fold = EventFold(testState())
        let broken = [
            Self.event(3, .actionDispatched, action: ["type": "update_memory", "payload": [:]]),
            Self.event(4, .internalDispatched, internalType: "_advance", payload: [:]),
            Self.event(
                5, .internalDispatched, internalType: "_complete", payload: ["_dispatched_at": "soon"]),
        ]
        for event in broken {
            let error = #expect(throws: EventFoldError.self) { try fold.apply(event) }
            #expect(error?.sequenceID == event.sequenceID)
        }
        #expect(fold.state == testState())
        #expect(
            EventFoldError(
                sequenceID: 3, cause: WorkflowShapeError(path: "payload.updates", problem: .missing)
            )
            .description == "event 3 cannot be replayed: payload.updates is required and absent")
    }
}
