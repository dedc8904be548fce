import FoundationEssentials
import JSONModel
import Orchestrator
import StoreContracts

/// What every `RetentionService` promises.
enum RetentionPromises {
    static let all = sweeps + departures + archives + returns

    static let hour = Duration.seconds(3600)
    static let day = Duration.seconds(24 * 3600)

    private static let sweeps: [Promise] = [
        Promise("RT001", "where nothing is due nothing is moved") { world in
            let service = try world.retention()
            try equal(await service.archiveCompletedWorkflows(), 0, "archived runs")
            try equal(await service.deleteWarmData(), 0, "moved runs")
            try equal(await service.getStorageStats(), StorageStats(), "the tiers")
            try equal(await service.listArchives().count, 0, "archives")
            try equal(await service.verifyArchives().count, 0, "verdicts")
        },
        Promise("RT002", "a finished run is archived after the hot period, once", needs: [.passingTime]) {
            world in
            let run = try await world.finished()
            let service = try world.retention()
            try await world.pass(hour * 23)
            try equal(await service.archiveCompletedWorkflows(), 0, "too early")
            try await world.pass(hour * 2)
            try equal(await service.archiveCompletedWorkflows(), 1, "in time")
            try equal(await service.archiveCompletedWorkflows(), 0, "a second time")
            let row = try present(await world.persistence().loadWorkflowRun(id: run.runID), "the run")
            try require(row.archivedAt != nil, "it is archived")
            try equal(row.status, .completed, "its status")
        },
        Promise("RT003", "runs in every final status are archived, others never", needs: [.passingTime]) {
            world in
            for status in WorkflowStatus.allCases { _ = try await world.run(status) }
            try await world.pass(day * 90)
            let finals = WorkflowStatus.allCases.filter(\.isTerminal).count
            let service = try world.retention()
            try equal(await service.archiveCompletedWorkflows(), finals, "archived runs")
            for run in try await world.persistence().listWorkflowRuns() {
                try equal(
                    run.archivedAt != nil, run.status?.isTerminal == true, "archived: \(run.statusText)")
            }
        },
        Promise("RT004", "the periods are those of the options", needs: [.passingTime]) { world in
            _ = try await world.finished()
            let service = try world.retention(RetentionOptions(hotPeriod: hour, warmPeriod: hour * 2))
            try await world.pass(hour * 1.5)
            try equal(await service.archiveCompletedWorkflows(), 1, "archived runs")
            try await world.pass(hour * 1.5)
            try equal(await service.deleteWarmData(), 0, "too early")
            try await world.pass(hour)
            try equal(await service.deleteWarmData(), 1, "moved runs")
        },
        Promise("RT005", "every run is counted in one tier", needs: [.passingTime]) { world in
            let service = try world.retention()
            _ = try await world.run(.running)
            try equal(await service.getStorageStats(), StorageStats(hotRuns: 1), "a running run")
            _ = try await world.finished()
            try equal(
                await service.getStorageStats(), StorageStats(hotRuns: 1, warmRuns: 1), "a finished one")
            try await world.pass(day * 2)
            _ = try await service.archiveCompletedWorkflows()
            _ = try await world.finished()
            try equal(
                await service.getStorageStats(), StorageStats(hotRuns: 1, warmRuns: 1, coldRuns: 1),
                "an archived one")
        },
        Promise("RT006", "more runs than a batch are all moved", needs: [.passingTime]) { world in
            for _ in 0..<5 { _ = try await world.finished() }
            let service = try world.retention(RetentionOptions(batchSize: 2))
            try await world.pass(day * 2)
            try equal(await service.archiveCompletedWorkflows(), 5, "archived runs")
            try await world.pass(day * 31)
            try equal(await service.deleteWarmData(), 5, "moved runs")
            try equal(await world.persistence().listWorkflowRuns().count, 0, "runs in the tables")
            try equal(await service.listArchives().reduce(0) { $0 + $1.runs }, 5, "runs in archives")
        },
        Promise("RT007", "sweeps at once move each run once", needs: [.passingTime, .concurrency]) { world in
            for _ in 0..<6 { _ = try await world.finished() }
            let service = try world.retention(RetentionOptions(batchSize: 2))
            try await world.pass(day * 2)
            let archived = try await world.atOnce(3) { _ in try await service.archiveCompletedWorkflows() }
            // A sweep leaves what another has locked, and ends; the next one takes it.
            let rest = try await service.archiveCompletedWorkflows()
            try equal(archived.reduce(rest, +), 6, "archived runs")
            try await world.pass(day * 31)
            let moved = try await world.atOnce(3) { _ in try await service.deleteWarmData() }
            let left = try await service.deleteWarmData()
            try equal(moved.reduce(left, +), 6, "moved runs")
            try equal(await service.listArchives().reduce(0) { $0 + $1.runs }, 6, "runs in archives")
        },
    ]

    private static let departures: [Promise] = [
        Promise("RT010", "an archived run leaves after the warm period", needs: [.passingTime]) { world in
            let run = try await world.finished()
            let service = try world.retention()
            try await world.pass(day * 2)
            _ = try await service.archiveCompletedWorkflows()
            try await world.pass(day * 29)
            try equal(await service.deleteWarmData(), 0, "too early")
            try await world.pass(day * 2)
            try equal(await service.deleteWarmData(), 1, "in time")
            try equal(await service.deleteWarmData(), 0, "a second time")
            try require(await world.persistence().loadWorkflowRun(id: run.runID) == nil, "the run is gone")
            try equal(await service.getStorageStats(), StorageStats(), "the tiers")
        },
        Promise("RT011", "a run leaves with all its rows, and others keep theirs", needs: [.passingTime]) {
            world in
            let run = try await world.finished()
            let job = try await world.endedJob(of: run)
            let other = try await world.run(.running)
            _ = try await world.runs().commit(world.commit(other, from: 0))
            try await world.leave()
            let provider = try world.persistence()
            try equal(await provider.loadEvents(runID: run.runID).count, 0, "events")
            try equal(await provider.loadWorkflowStateHistory(runID: run.runID).count, 0, "versions")
            try require(await world.log().loadCheckpoint(runID: run.runID) == nil, "no checkpoint")
            try require(await world.queue().getJob(id: job) == nil, "no job")
            try require(await provider.loadGraph(id: run.workflowID) != nil, "the graph stays")
            try equal(await provider.loadEvents(runID: other.runID).count, 2, "the other's events")
        },
        Promise("RT012", "what a run cost stays, without its id", needs: [.passingTime]) { world in
            let run = try await world.finished()
            try await world.usage().record(UsageRecord(runID: run.runID, inputTokens: 7))
            try await world.leave()
            try equal(await world.usage().totals().inputTokens, 7, "tokens")
            try equal(await world.usage().listUsage().map(\.runID), [nil], "the run")
        },
        Promise("RT013", "a run whose job waits or is executed stays", needs: [.passingTime]) { world in
            let run = try await world.finished()
            try await world.queue().enqueue(EnqueueRequest(runID: run.runID, graphID: run.workflowID))
            let service = try world.retention()
            try await world.pass(day * 2)
            try equal(await service.archiveCompletedWorkflows(), 0, "archived while the job waits")
            let job = try present(await world.queue().dequeue(workerID: "one"), "the job")
            try equal(await service.archiveCompletedWorkflows(), 0, "archived while it is executed")
            _ = try await world.queue().ack(job.handle)
            try equal(await service.archiveCompletedWorkflows(), 1, "archived when it has ended")
            try await world.queue().enqueue(EnqueueRequest(runID: run.runID, graphID: run.workflowID))
            try await world.pass(day * 31)
            try equal(await service.deleteWarmData(), 0, "moved while another job waits")
        },
        Promise("RT014", "a child that stays loses its parent", needs: [.passingTime]) { world in
            let parent = try await world.finished()
            let child = try await world.run(.running)
            let lineage = RunLineage(kind: .counterfactual, parentRunID: parent.runID, forkSequenceID: 1)
            try await world.persistence().saveRunLineage(runID: child.runID, lineage: lineage)
            try await world.leave()
            let row = try present(await world.persistence().loadWorkflowRun(id: child.runID), "the child")
            try equal(row.lineage.parentRunID, nil, "its parent")
            try equal(row.lineage.forkSequenceID, 1, "the sequence at which it was forked")
        },
    ]
}
