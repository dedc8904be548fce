import Foundation
import JSONModel
import Orchestrator
import StoreContracts
import Testing

/// What only somebody who writes rows by hand can show of retention; the rest is promised in the suite.
enum RetentionChecks {
    static let hour: TimeInterval = 3600
    static let day: TimeInterval = 24 * 3600

    static let all: [BehaviourCheck] = [
        BehaviourCheck("R6", "a run that was resumed, or whose job waits, never leaves") {
            backend async throws in
            let service = try backend.retention(RetentionOptions())
            let resumed = try await backend.run(status: .running)
            try await backend.age(resumed.runID, completed: nil, archived: 90 * day)
            let queued = try await backend.run(status: .completed)
            try await backend.age(queued.runID, completed: 99 * day)
            _ = try await backend.jobs.enqueue(
                EnqueueRequest(runID: queued.runID, graphID: queued.workflowID))
            #expect(try await service.archiveCompletedWorkflows() == 0)
            try await backend.age(queued.runID, completed: 99 * day, archived: 90 * day)
            #expect(try await service.deleteWarmData() == 0)
            #expect(try await service.getStorageStats() == StorageStats(hotRuns: 1, coldRuns: 1))
        }
    ]

    /// Stores a finished run with events, a snapshot and a checkpoint.
    static func finished(_ backend: Backend, _ tenant: TenantID = .seed) async throws -> WorkflowState {
        var state = try await backend.run(status: .running, tenant: tenant)
        state.memory["text"] = "ä\n\"😀"
        state.status = .completed
        _ = try await backend.runs(tenant).commit(Sample.commit(state, from: 0))
        state.lastEventSequenceID = 1
        try await backend.events(tenant, nil, 3).checkpoint(runID: state.runID, sequenceID: 1, state: state)
        return state
    }
}
