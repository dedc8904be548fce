import Foundation
import JSONModel
import Orchestrator
import StoreContracts
import Testing

/// The promises of retention services, by the ids of the contract.
enum RetentionChecks {
    static let hour: TimeInterval = 3600
    static let day: TimeInterval = 24 * 3600

    static let all: [BehaviourCheck] = [
        BehaviourCheck("R1", "runs that finished long ago are archived, others are not") {
            backend async throws in
            let service = try backend.retention(RetentionOptions())
            #expect(try await service.archiveCompletedWorkflows() == 0)
            let old = try await backend.run(status: .completed)
            let fresh = try await backend.run(status: .failed)
            let live = try await backend.run(status: .running)
            try await backend.age(old.runID, completed: 48 * hour)
            try await backend.age(fresh.runID, completed: hour)
            #expect(try await service.archiveCompletedWorkflows() == 1)
            #expect(try await service.archiveCompletedWorkflows() == 0)
            #expect(try await backend.provider.loadWorkflowRun(id: old.runID)?.archivedAt != nil)
            for run in [fresh, live] {
                #expect(try await backend.provider.loadWorkflowRun(id: run.runID)?.archivedAt == nil)
            }
        },
        BehaviourCheck("R2", "runs that were archived long ago leave the tables, others stay") {
            backend async throws in
            let service = try backend.retention(RetentionOptions())
            #expect(try await service.deleteWarmData() == 0)
            let old = try await finished(backend)
            let fresh = try await finished(backend)
            try await backend.age(old.runID, completed: 32 * day, archived: 31 * day)
            try await backend.age(fresh.runID, completed: 32 * day, archived: 29 * day)
            #expect(try await service.deleteWarmData() == 1)
            #expect(try await backend.provider.loadWorkflowRun(id: old.runID) == nil)
            #expect(try await backend.provider.loadWorkflowStateHistory(runID: old.runID).isEmpty)
            #expect(try await backend.provider.loadWorkflowRun(id: fresh.runID) != nil)
            #expect(try await service.deleteWarmData() == 0)
        },
        BehaviourCheck("R3", "every run is counted in one tier") { backend async throws in
            let service = try backend.retention(RetentionOptions())
            #expect(try await service.getStorageStats() == StorageStats())
            _ = try await backend.run(status: .running)
            #expect(try await service.getStorageStats() == StorageStats(hotRuns: 1))
            let done = try await backend.run(status: .completed)
            #expect(try await service.getStorageStats() == StorageStats(hotRuns: 1, warmRuns: 1))
            try await backend.age(done.runID, completed: 48 * hour)
            #expect(try await service.archiveCompletedWorkflows() == 1)
            #expect(try await service.getStorageStats() == StorageStats(hotRuns: 1, coldRuns: 1))
        },
        BehaviourCheck("R5", "a run leaves with all its rows, and its cost stays") { backend async throws in
            let service = try backend.retention(RetentionOptions())
            let run = try await finished(backend)
            try await backend.usage(.seed).record(
                UsageRecord(runID: run.runID, cost: UsageChecks.dollars("0.25")))
            try await backend.age(run.runID, completed: 40 * day, archived: 31 * day)
            #expect(try await service.deleteWarmData() == 1)
            #expect(try await backend.provider.loadEvents(runID: run.runID).isEmpty)
            #expect(try await backend.log().loadCheckpoint(runID: run.runID) == nil)
            #expect(try await backend.usage(.seed).totals().cost == UsageChecks.dollars("0.25"))
            #expect(try await backend.usage(.seed).totals(by: .run).map(\.key) == [nil])
        },
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
        },
        BehaviourCheck("R7", "what left comes back as it was, archived anew") { backend async throws in
            let service = try backend.retention(RetentionOptions())
            let parent = try await finished(backend)
            let child = try await finished(backend)
            let lineage = RunLineage(
                kind: .counterfactual, parentRunID: parent.runID, forkSequenceID: 1,
                forkMutations: [["a": 1.50]])
            try await backend.provider.saveRunLineage(runID: child.runID, lineage: lineage)
            let record = UsageRecord(runID: parent.runID, cost: UsageChecks.dollars("0.25"))
            try await backend.usage(.seed).record(record)
            try await backend.age(parent.runID, completed: 40 * day, archived: 31 * day)
            let row = try #require(await backend.provider.loadWorkflowRun(id: parent.runID))
            let events = try await backend.provider.loadEvents(runID: parent.runID)
            let history = try await backend.provider.loadWorkflowStateHistory(runID: parent.runID)
            let state = try await backend.provider.loadWorkflowStateAtVersion(runID: parent.runID, version: 1)
            let checkpoint = try await backend.log().loadCheckpoint(runID: parent.runID)
            #expect(try await service.deleteWarmData() == 1)
            #expect(try await backend.provider.loadWorkflowRun(id: child.runID)?.lineage.parentRunID == nil)

            let archive = try #require(await service.listArchives().first)
            #expect(archive.runs == 1)
            #expect(archive.tenantID == .seed)
            #expect(try await service.verifyArchives() == [ArchiveVerdict(name: archive.name, problem: nil)])
            let report = try await service.restoreArchive(name: archive.name)
            #expect(report == RestoreReport(restored: 1, alreadyPresent: 0))
            var back = try #require(await backend.provider.loadWorkflowRun(id: parent.runID))
            #expect(try #require(back.archivedAt) > #require(row.archivedAt))
            back.archivedAt = row.archivedAt
            #expect(back == row)
            #expect(try await backend.provider.loadEvents(runID: parent.runID) == events)
            #expect(try await backend.provider.loadWorkflowStateHistory(runID: parent.runID) == history)
            #expect(
                try await backend.provider.loadWorkflowStateAtVersion(runID: parent.runID, version: 1)
                    == state)
            #expect(try await backend.log().loadCheckpoint(runID: parent.runID)?.state == checkpoint?.state)
            #expect(try await backend.usage(.seed).listUsage().map(\.runID) == [parent.runID])
            #expect(try await backend.provider.loadWorkflowRun(id: child.runID)?.lineage == lineage)
            let again = try await service.restoreArchive(name: archive.name)
            #expect(again == RestoreReport(restored: 0, alreadyPresent: 1))
            #expect(try await service.deleteWarmData() == 0)
        },
        BehaviourCheck("R8", "named runs come back alone, unknown archives are named") {
            backend async throws in
            let service = try backend.retention(RetentionOptions())
            var runs: [WorkflowState] = []
            for _ in 0..<3 { runs.append(try await finished(backend)) }
            for run in runs { try await backend.age(run.runID, completed: 40 * day, archived: 31 * day) }
            #expect(try await service.deleteWarmData() == 3)
            let archive = try #require(await service.listArchives().first)
            let report = try await service.restoreArchive(
                name: archive.name, runIDs: [runs[1].runID, UUID()])
            #expect(report == RestoreReport(restored: 1, alreadyPresent: 0))
            #expect(try await backend.provider.listWorkflowRuns().map(\.id) == [runs[1].runID])
            #expect(try await backend.provider.loadEvents(runID: runs[1].runID).count == 2)
            #expect(
                await code { _ = try await service.restoreArchive(name: "../none") }
                    == .missingRecord(table: "archives", id: "../none"))
        },
        BehaviourCheck("R9", "an erased tenant leaves nothing in the cold tier either") {
            backend async throws in
            let service = try backend.retention(RetentionOptions())
            let (one, two) = try await TenantChecks.tenants(backend)
            for tenant in [one, two] {
                let run = try await finished(backend, tenant)
                try await backend.age(run.runID, completed: 40 * day, archived: 31 * day)
            }
            #expect(try await service.deleteWarmData() == 2)
            #expect(Set(try await service.listArchives().map(\.tenantID)) == [one, two])
            #expect(try await backend.tenants.eraseTenant(one))
            #expect(try await service.listArchives().map(\.tenantID) == [two])
            #expect(try await service.verifyArchives().count == 1)
            #expect(try await backend.tenants.eraseTenant(one) == false)
        },
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
