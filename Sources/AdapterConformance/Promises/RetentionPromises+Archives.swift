import FoundationEssentials
import JSONModel
import Orchestrator
import StoreContracts

extension RetentionPromises {
    static let archives: [Promise] = [
        Promise("RT020", "an archive tells its tenant, its runs and its rows", needs: [.passingTime]) {
            world in
            let run = try await world.finished()
            try await world.usage().record(UsageRecord(runID: run.runID))
            try await world.leave()
            let archive = try present(await world.retention().listArchives().first, "the archive")
            try equal(archive.tenantID, .seed, "the tenant")
            try equal(archive.runs, 1, "runs")
            // The graph, the run, two events, a snapshot, a checkpoint and the usage.
            try equal(archive.rows, 7, "rows")
            try equal(
                await world.retention().verifyArchives(), [ArchiveVerdict(name: archive.name, problem: nil)],
                "the verdicts")
        },
        Promise("RT021", "each tenant has archives of its own", needs: [.passingTime, .tenants]) { world in
            let (one, two) = try world.tenants()
            for tenant in [one, two] { _ = try await world.finished(tenant) }
            try await world.leave(2)
            try equal(
                await Set(world.retention().listArchives().map(\.tenantID)), [one, two], "the tenants")
        },
        Promise("RT022", "archives are listed from the oldest on", needs: [.passingTime]) { world in
            var runs: [UUID] = []
            for _ in 0..<3 {
                runs.append(try await world.finished().runID)
                try await world.leave()
            }
            let service = try world.retention()
            let listed = try await service.listArchives()
            try equal(listed.map(\.createdAt), listed.map(\.createdAt).sorted(), "the instants")
            try equal(Set(listed.map(\.name)).count, 3, "different names")
            let middle = try present(listed.dropFirst().first, "the second archive")
            try await service.restoreArchive(name: middle.name)
            try equal(await world.persistence().listWorkflowRuns().map(\.id), [runs[1]], "the second run")
        },
        Promise("RT023", "an erased tenant leaves nothing in archives", needs: [.passingTime]) { world in
            let (one, two) = (TenantID(UUID()), TenantID(UUID()))
            for tenant in [one, two] {
                try await world.directory().createTenant(tenant, slug: tenant.text, name: "T")
                _ = try await world.finished(tenant)
            }
            try await world.leave(2)
            let service = try world.retention()
            let name = try present(
                await service.listArchives().first { $0.tenantID == one }?.name, "its archive")
            try require(await world.directory().eraseTenant(one), "it was erased")
            try equal(await service.listArchives().map(\.tenantID), [two], "the archives' tenants")
            try equal(await service.verifyArchives().count, 1, "verdicts")
            try await refused(.missingRecord(table: "archives", id: name), "a restoration") {
                try await service.restoreArchive(name: name)
            }
        },
    ]

    static let returns: [Promise] = [
        Promise("RT030", "what left comes back as it was, archived anew", needs: [.passingTime]) { world in
            let run = try await world.finished()
            let provider = try world.persistence()
            let row = try present(await provider.loadWorkflowRun(id: run.runID), "the run")
            let events = try await provider.loadEvents(runID: run.runID)
            let history = try await provider.loadWorkflowStateHistory(runID: run.runID)
            let state = try await provider.loadWorkflowStateAtVersion(runID: run.runID, version: 1)
            let checkpoint = try await world.log().loadCheckpoint(runID: run.runID)
            try await world.restored()
            var back = try present(await provider.loadWorkflowRun(id: run.runID), "the run")
            try require(back.archivedAt != nil, "it is archived")
            // The age of the rows is made by the check, so instants are not compared.
            (back.archivedAt, back.completedAt) = (row.archivedAt, row.completedAt)
            try equal(back, row, "the run")
            try equal(await provider.loadEvents(runID: run.runID), events, "the events")
            try equal(
                await provider.loadWorkflowStateHistory(runID: run.runID).map(\.version),
                history.map(\.version), "the versions")
            try equal(
                await provider.loadWorkflowStateAtVersion(runID: run.runID, version: 1), state, "the state")
            try equal(
                await world.log().loadCheckpoint(runID: run.runID)?.state, checkpoint?.state,
                "the checkpoint")
        },
        Promise("RT031", "a second restoration changes nothing", needs: [.passingTime]) { world in
            let run = try await world.finished()
            let name = try await world.restored()
            let report = try await world.retention().restoreArchive(name: name)
            try equal(report, RestoreReport(restored: 0, alreadyPresent: 1), "the report")
            try equal(await world.persistence().loadEvents(runID: run.runID).count, 2, "events")
        },
        Promise("RT032", "named runs come back alone", needs: [.passingTime]) { world in
            var runs: [UUID] = []
            for _ in 0..<3 { runs.append(try await world.finished().runID) }
            try await world.leave(3)
            let service = try world.retention()
            let name = try present(await service.listArchives().first?.name, "the archive")
            let report = try await service.restoreArchive(name: name, runIDs: [runs[1], world.id()])
            try equal(report, RestoreReport(restored: 1, alreadyPresent: 0), "the report")
            try equal(await world.persistence().listWorkflowRuns().map(\.id), [runs[1]], "the runs")
            try equal(await world.persistence().loadEvents(runID: runs[0]).count, 0, "another's events")
            let rest = try await service.restoreArchive(name: name)
            try equal(rest, RestoreReport(restored: 2, alreadyPresent: 1), "the rest")
        },
        Promise("RT033", "an unknown archive is named") { world in
            for name in ["none", "../none", ""] {
                try await refused(.missingRecord(table: "archives", id: name), "'\(name)'") {
                    try await world.retention().restoreArchive(name: name)
                }
            }
        },
        Promise("RT034", "what a run cost is its own again", needs: [.passingTime]) { world in
            let run = try await world.finished()
            try await world.usage().record(UsageRecord(runID: run.runID, inputTokens: 7))
            try await world.restored()
            try equal(await world.usage().listUsage().map(\.runID), [run.runID], "the run")
            try equal(await world.usage().totals().inputTokens, 7, "tokens")
        },
        Promise("RT035", "a run that comes back is the parent of its children again", needs: [.passingTime]) {
            world in
            let parent = try await world.finished()
            let child = try await world.run(.running)
            let lineage = RunLineage(
                kind: .counterfactual, parentRunID: parent.runID, forkSequenceID: 1,
                forkMutations: [["a": 1.5]])
            try await world.persistence().saveRunLineage(runID: child.runID, lineage: lineage)
            try await world.restored()
            try equal(
                await world.persistence().loadWorkflowRun(id: child.runID)?.lineage, lineage, "the lineage")
        },
        Promise("RT036", "a graph that was deleted meanwhile comes back with its run", needs: [.passingTime])
        {
            world in
            let run = try await world.finished()
            let graph = try await world.persistence().loadGraph(id: run.workflowID)
            try await world.leave()
            try require(await world.persistence().deleteGraph(id: run.workflowID), "it was deleted")
            let service = try world.retention()
            let name = try present(await service.listArchives().first?.name, "the archive")
            try await service.restoreArchive(name: name)
            try equal(await world.persistence().loadGraph(id: run.workflowID), graph, "the graph")
        },
        Promise("RT037", "a run that came back stays for a warm period, then leaves", needs: [.passingTime]) {
            world in
            let run = try await world.finished()
            try await world.restored()
            let service = try world.retention()
            try equal(await service.deleteWarmData(), 0, "at once")
            try await world.pass(day * 31)
            try equal(await service.deleteWarmData(), 1, "later")
            try require(await world.persistence().loadWorkflowRun(id: run.runID) == nil, "it is gone")
        },
        Promise("RT038", "a job that had ended comes back with its run", needs: [.passingTime]) { world in
            let run = try await world.finished()
            let job = try await world.endedJob(of: run)
            try await world.restored()
            let back = try present(await world.queue().getJob(id: job), "the job")
            try equal(back.status, .completed, "its status")
            try equal(back.runID, run.runID, "its run")
        },
    ]
}

extension PromiseWorld {
    /// A completed run with two events, a snapshot and a checkpoint.
    func finished(_ tenant: TenantID = .seed) async throws -> WorkflowState {
        var state = try await run(tenant: tenant)
        state.memory["text"] = "ä\n\"😀"
        state.status = .completed
        _ = try await runs(tenant).commit(commit(state, from: 0))
        state.lastEventSequenceID = 1
        try await log(tenant).checkpoint(runID: state.runID, sequenceID: 1, state: state)
        return state
    }

    /// A job of the run that was executed to its end.
    func endedJob(of run: WorkflowState) async throws -> UUID {
        let request = EnqueueRequest(runID: run.runID, graphID: run.workflowID)
        try await queue().enqueue(request)
        let job = try present(await queue().dequeue(workerID: "one"), "the job")
        _ = try await queue().ack(job.handle)
        return request.id
    }

    /// Lets so much time pass that the finished runs leave, and moves them.
    func leave(_ count: Int = 1) async throws {
        let service = try retention()
        try await pass(RetentionPromises.day * 2)
        try equal(await service.archiveCompletedWorkflows(), count, "archived runs")
        try await pass(RetentionPromises.day * 31)
        try equal(await service.deleteWarmData(), count, "moved runs")
    }

    /// Moves the one finished run and brings it back; returns the archive's name.
    @discardableResult
    func restored() async throws -> String {
        try await leave()
        let service = try retention()
        let name = try present(await service.listArchives().first?.name, "the archive")
        let report = try await service.restoreArchive(name: name)
        try equal(report, RestoreReport(restored: 1, alreadyPresent: 0), "the report")
        return name
    }
}
