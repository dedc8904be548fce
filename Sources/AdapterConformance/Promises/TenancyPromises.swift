import FoundationEssentials
import JSONModel
import Orchestrator
import StoreContracts

/// What every adapter promises about tenants.
enum TenancyPromises {
    static let all = invisible + conflicts + owners

    private static func read(
        _ id: String, _ text: String,
        _ check: @escaping @Sendable (PromiseWorld, WorkflowState, TenantID) async throws -> Void
    ) -> Promise {
        Promise(id, text, needs: [.tenants]) { world in
            let (owner, stranger) = try world.tenants()
            let state = try await world.ownedRun(owner)
            try await check(world, state, stranger)
            try equal(
                await world.persistence(owner).loadWorkflowRun(id: state.runID)?.status, .running,
                "the owner's run")
            try equal(
                await world.persistence(owner).loadEvents(runID: state.runID).count, 2, "the owner's events")
        }
    }

    private static let invisible: [Promise] = [
        read("TN001", "a graph of another tenant does not load") { world, state, stranger in
            try require(
                await world.persistence(stranger).loadGraph(id: state.workflowID) == nil, "it is invisible")
        },
        read("TN002", "graphs of another tenant are not listed") { world, _, stranger in
            try equal(await world.persistence(stranger).listGraphs().count, 0, "graphs")
        },
        read("TN003", "a graph of another tenant is not deleted") { world, state, stranger in
            try require(
                await !world.persistence(stranger).deleteGraph(id: state.workflowID), "nothing was deleted")
        },
        read("TN004", "a run of another tenant does not load") { world, state, stranger in
            try require(
                await world.persistence(stranger).loadWorkflowRun(id: state.runID) == nil, "it is invisible")
        },
        read("TN005", "runs of another tenant are not listed") { world, _, stranger in
            try equal(await world.persistence(stranger).listWorkflowRuns().count, 0, "runs")
        },
        read("TN006", "the status of another tenant's run does not change") { world, state, stranger in
            try equal(
                await world.persistence(stranger).updateRunStatus(runID: state.runID, status: .failed), 0,
                "rows")
        },
        read("TN007", "states of another tenant do not load") { world, state, stranger in
            let provider = try world.persistence(stranger)
            try require(await provider.loadLatestWorkflowState(runID: state.runID) == nil, "the latest")
            try equal(await provider.loadWorkflowStateHistory(runID: state.runID).count, 0, "versions")
            try require(
                await provider.loadWorkflowStateAtVersion(runID: state.runID, version: 1) == nil, "version 1")
        },
        read("TN008", "events of another tenant do not load") { world, state, stranger in
            try equal(await world.log(stranger).loadEvents(runID: state.runID).count, 0, "events")
            try equal(await world.persistence(stranger).loadEvents(runID: state.runID).count, 0, "raw events")
        },
        read("TN009", "the latest sequence of another tenant's run is -1") { world, state, stranger in
            try equal(await world.log(stranger).getLatestSequenceID(runID: state.runID), -1, "latest")
            try equal(await world.log(stranger).latestKnownSequence(runID: state.runID), -1, "known")
        },
        read("TN010", "a checkpoint of another tenant does not load") { world, state, stranger in
            let (owner, _) = try world.tenants()
            try await world.log(owner).checkpoint(runID: state.runID, sequenceID: 1, state: state)
            try require(
                await world.log(stranger).loadCheckpoint(runID: state.runID) == nil, "it is invisible")
        },
        read("TN011", "events of another tenant are not compacted") { world, state, stranger in
            let (owner, _) = try world.tenants()
            try await world.log(owner).checkpoint(runID: state.runID, sequenceID: 1, state: state)
            try equal(await world.log(stranger).compact(runID: state.runID, through: 1), 0, "events")
        },
        read("TN012", "a run of another tenant is not cancelled") { world, state, stranger in
            try require(
                await !world.persistence(stranger).requestCancel(runID: state.runID), "it was refused")
        },
        read("TN013", "the position of another tenant's run is that of an unknown run") {
            world, state, stranger in
            let position = try await world.runs(stranger).loadPosition(runID: state.runID)
            try require(position.run == nil && position.snapshot == nil, "there is nothing")
            try equal(position.events.count, 0, "events")
        },
        read("TN014", "the seed tenant sees no other tenant's rows") { world, state, _ in
            try require(await world.persistence().loadWorkflowRun(id: state.runID) == nil, "the run")
            try equal(await world.persistence().listGraphs().count, 0, "graphs")
        },
    ]

    private static func conflict(
        _ id: String, _ text: String, graph: Bool = false,
        _ write: @escaping @Sendable (PromiseWorld, WorkflowState, TenantID) async throws -> Void
    ) -> Promise {
        Promise(id, text, needs: [.tenants]) { world in
            let (owner, stranger) = try world.tenants()
            let state = try await world.ownedRun(owner)
            let code: StoreErrorCode =
                graph
                ? .tenantConflict(table: "graphs", id: state.workflowID.uuidString.lowercased())
                : .tenantConflict(table: "workflow_runs", id: state.runID.uuidString.lowercased())
            try await refused(code, "the write") { try await write(world, state, stranger) }
            let mine = try world.persistence(owner)
            try equal(await mine.loadGraph(id: state.workflowID)?.name, "research", "the graph")
            try equal(await mine.loadWorkflowRun(id: state.runID)?.status, .running, "the run")
            try equal(await mine.loadWorkflowStateHistory(runID: state.runID).count, 1, "versions")
            try equal(await mine.loadEvents(runID: state.runID).count, 2, "events")
        }
    }

    private static let conflicts: [Promise] = [
        conflict("TN020", "a graph with another tenant's id is a conflict", graph: true) {
            world, state, stranger in
            var graph = world.graph(name: "taken")
            graph.id = state.workflowID
            try await world.persistence(stranger).saveGraph(graph)
        },
        conflict("TN021", "a run with another tenant's id is a conflict") { world, state, stranger in
            try await world.persistence(stranger).saveWorkflowRun(state)
        },
        conflict("TN022", "a run on another tenant's graph is a conflict", graph: true) {
            world, state, stranger in
            try await world.persistence(stranger).saveWorkflowRun(
                WorkflowState(workflowID: state.workflowID))
        },
        conflict("TN023", "a state of another tenant's run is a conflict") { world, state, stranger in
            _ = try await world.persistence(stranger).saveWorkflowState(state)
        },
        conflict("TN024", "a snapshot of another tenant's run is a conflict") { world, state, stranger in
            _ = try await world.persistence(stranger).saveWorkflowSnapshot(state)
        },
        conflict("TN025", "the lineage of another tenant's run is a conflict") { world, state, stranger in
            try await world.persistence(stranger).saveRunLineage(
                runID: state.runID, lineage: RunLineage())
        },
        conflict("TN026", "another tenant's run as a parent is a conflict") { world, state, stranger in
            let own = try await world.run(tenant: stranger)
            try await world.persistence(stranger).saveRunLineage(
                runID: own.runID, lineage: RunLineage(kind: .counterfactual, parentRunID: state.runID))
        },
        conflict("TN027", "an event of another tenant's run is a conflict") { world, state, stranger in
            try await world.log(stranger).append(world.event(state.runID, 5))
        },
        conflict("TN028", "a checkpoint of another tenant's run is a conflict") { world, state, stranger in
            try await world.log(stranger).checkpoint(runID: state.runID, sequenceID: 1, state: state)
        },
        conflict("TN029", "a commit to another tenant's run is a conflict") { world, state, stranger in
            _ = try await world.runs(stranger).commit(world.commit(state, from: 2))
        },
        conflict("TN030", "a commit that would create another tenant's run is a conflict") {
            world, state, stranger in
            _ = try await world.runs(stranger).commit(world.commit(state, from: 2, createsRun: true))
        },
        conflict(
            "TN031", "a commit that would create a run on another tenant's graph is a conflict", graph: true
        ) {
            world, state, stranger in
            let borrowed = WorkflowState(workflowID: state.workflowID)
            _ = try await world.runs(stranger).commit(world.commit(borrowed, from: 0, createsRun: true))
        },
        conflict("TN032", "a job on another tenant's graph is a conflict", graph: true) {
            world, state, stranger in
            _ = try await world.queue().enqueue(
                EnqueueRequest(runID: world.id(), graphID: state.workflowID, tenantID: stranger))
        },
        conflict("TN033", "a job of another tenant's run is a conflict") { world, state, stranger in
            let graph = try await world.storedGraph(stranger)
            _ = try await world.queue().enqueue(
                EnqueueRequest(runID: state.runID, graphID: graph.id, tenantID: stranger))
        },
        conflict("TN034", "a decision for another tenant's run is a conflict") { world, state, stranger in
            _ = try await world.queue().enqueueResume(
                ResumeRequest(
                    runID: state.runID, response: HumanResponse(.approved), tenantID: stranger))
        },
    ]

    private static let owners: [Promise] = [
        Promise("TN050", "rows carry the tenant that wrote them", needs: [.tenants]) { world in
            let (owner, _) = try world.tenants()
            let state = try await world.ownedRun(owner)
            let mine = try world.persistence(owner)
            try equal(await mine.listGraphs().map(\.tenantID), [owner], "graphs")
            try equal(await mine.listWorkflowRuns().map(\.tenantID), [owner], "runs")
            try equal(await mine.loadEvents(runID: state.runID).map(\.tenantID), [owner, owner], "events")
        },
        Promise("TN051", "the queue spans tenants, and a claimed run is its tenant's", needs: [.tenants]) {
            world in
            let (owner, stranger) = try world.tenants()
            let request = try await world.enqueue(tenant: owner)
            let other = try await world.enqueue(tenant: stranger)
            let jobs = try await world.queue().dequeue(workerID: "one", limit: 9)
            try equal(jobs.map(\.job.id), [request.id, other.id], "the claimed jobs")
            try equal(jobs.map(\.job.tenantID), [owner, stranger], "their tenants")
            var state = WorkflowState(workflowID: request.graphID, runID: request.runID)
            state.status = .completed
            let commit = world.commit(
                state, from: 0, claim: jobs[0].claim, disposition: .ack(jobs[0].handle))
            _ = try await world.runs(owner).commit(commit)
            try equal(await world.queue().getJob(id: request.id)?.status, .completed, "the job's status")
            try equal(
                await world.persistence(owner).loadEvents(runID: request.runID).map(\.tenantID),
                [owner, owner], "the events' tenants")
        },
        Promise("TN052", "two tenants that work at once do not disturb each other", needs: [.tenants]) {
            world in
            let (owner, stranger) = try world.tenants()
            let runs = [try await world.ownedRun(owner), try await world.ownedRun(stranger)]
            _ = try await world.atOnce(20) { index in
                let tenant = index % 2 == 0 ? owner : stranger
                let run = runs[index % 2]
                try await world.log(tenant).append(world.event(run.runID, 2 + index / 2))
                let events = try await world.log(tenant).loadEvents(runID: run.runID)
                try require(events.allSatisfy { $0.tenantID == tenant }, "only its own events are seen")
            }
            for (run, tenant) in zip(runs, [owner, stranger]) {
                try equal(await world.log(tenant).loadEvents(runID: run.runID).count, 12, "events")
            }
        },
        Promise("TN053", "guessing another tenant's ids a hundred times finds nothing", needs: [.tenants]) {
            world in
            let (owner, stranger) = try world.tenants()
            let state = try await world.ownedRun(owner)
            let provider = try world.persistence(stranger)
            for guess in 0..<100 {
                let id = guess % 3 == 0 ? state.runID : guess % 3 == 1 ? state.workflowID : world.id()
                try require(await provider.loadWorkflowRun(id: id) == nil, "no run")
                try require(await provider.loadGraph(id: id) == nil, "no graph")
            }
        },
    ]
}

extension PromiseWorld {
    /// A running run of a tenant with two events and a snapshot.
    fileprivate func ownedRun(_ tenant: TenantID) async throws -> WorkflowState {
        let state = try await run(tenant: tenant)
        _ = try await runs(tenant).commit(commit(state, from: 0))
        return state
    }
}
