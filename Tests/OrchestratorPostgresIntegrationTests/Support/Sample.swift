import Foundation
import JSONModel
import Orchestrator
import StoreContracts

/// Values to store.
enum Sample {
    /// A fresh id.
    static func id() -> UUID { TimeOrderedIDs().next() }

    /// A graph with keys that no version knows.
    static func graph() -> WorkflowGraph {
        var graph = WorkflowGraph(
            id: UUID(), name: "research", summary: "answers questions",
            nodes: [GraphNode(id: "start", type: .agent)], edges: [], startNode: "start",
            endNodes: ["start"])
        graph.additionalFields = ["x_future": ["deep": [1, 2.5, nil]]]
        return graph
    }

    /// An event that records the start of a node.
    static func event(_ runID: UUID, _ sequence: Int, _ type: WorkflowEventType = .nodeStarted)
        -> NewWorkflowEvent
    {
        NewWorkflowEvent(id: id(), runID: runID, sequenceID: sequence, eventType: type, nodeID: "start")
    }

    /// An event with a payload.
    static func dispatch(_ runID: UUID, _ sequence: Int, _ payload: JSONValue) -> NewWorkflowEvent {
        NewWorkflowEvent(
            id: id(), runID: runID, sequenceID: sequence, eventType: .internalDispatched,
            internalType: "_advance", internalPayload: payload)
    }

    /// A commit of some events and the state after them.
    static func commit(
        _ state: WorkflowState, from first: Int, count: Int = 2, claim: RunClaim? = nil,
        disposition: JobDisposition = .none, createsRun: Bool = false
    ) -> RunCommit {
        var state = state
        state.lastEventSequenceID = first + count - 1
        return RunCommit(
            runID: state.runID, claim: claim, events: (first..<first + count).map { event(state.runID, $0) },
            state: state, disposition: disposition, createsRun: createsRun)
    }
}

/// The code of the error that `body` throws; nil if it throws none.
func code(_ body: () async throws -> Void) async -> StoreErrorCode? {
    do {
        try await body()
        return nil
    } catch let error as StoreError {
        return error.code
    } catch {
        return .other
    }
}
