import FoundationEssentials
import JSONModel
import Orchestrator

/// The parts of a state that must not depend on crashes.
struct Fingerprint: Equatable {
    var status: WorkflowStatus
    var memory: JSONObject
    var visited: [String]
    var iterations: Int
    var tokens: [Int]
    var cost: Double
    var handoffs: [String]
    var lastError: String?

    init(_ state: WorkflowState) {
        status = state.status
        memory = state.memory
        visited = state.visitedNodes
        iterations = state.iterationCount
        tokens = [state.totalTokensUsed, state.totalInputTokens, state.totalOutputTokens]
        cost = state.totalCostUSD
        handoffs = state.supervisorHistory.map { "\($0.supervisorID)>\($0.delegatedTo)@\($0.iteration)" }
        lastError = state.lastError
    }
}
