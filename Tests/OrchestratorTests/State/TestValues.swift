import FoundationEssentials
import JSONModel

@testable import Orchestrator

/// A fixed id per number.
func testID(_ number: UInt8) -> UUID {
    UUID(uuid: (0, 0, 0, 0, 0, 0, 0x40, 0, 0x80, 0, 0, 0, 0, 0, 0, number))
}

/// 2026-01-01 and some milliseconds.
func testTime(_ milliseconds: Int64 = 0) -> Date {
    Date(millisecondsSince1970: 1_767_225_600_000 + milliseconds)
}

/// A fixed state in a status.
func testState(_ status: WorkflowStatus = .running, memory: JSONObject = [:]) -> WorkflowState {
    var state = WorkflowState(workflowID: testID(1), runID: testID(2), goal: "g", createdAt: testTime())
    state.status = status
    state.memory = memory
    return state
}

extension WorkflowAction {
    /// An action of node `n` with the given payload.
    init(
        _ payload: ActionPayload, key: String = "k", node: String = "n", at milliseconds: Int64 = 5123
    ) {
        self.init(
            id: testID(3), payload: payload, idempotencyKey: key,
            metadata: ActionMetadata(nodeID: node, timestamp: testTime(milliseconds)))
    }
}

extension WorkflowState {
    /// Applies an action of node `n` with the given payload.
    mutating func apply(_ payload: ActionPayload, limits: RuntimeLimits = .standard) {
        apply(WorkflowAction(payload), limits: limits)
    }
}
