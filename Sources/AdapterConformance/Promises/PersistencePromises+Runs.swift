import FoundationEssentials
import JSONModel
import Orchestrator
import StoreContracts

extension PersistencePromises {
    static let runs: [Promise] = [
        Promise("PP020", "a saved run has the status and graph of its state") { world in
            let state = try await world.run(.pending)
            let run = try present(await world.persistence().loadWorkflowRun(id: state.runID), "the run")
            try equal(run.status, .pending, "the status")
            try equal(run.graphID, state.workflowID, "the graph")
            try equal(run.completedAt, nil, "the completion")
            try equal(run.archivedAt, nil, "the archiving")
            try equal(run.claimEpoch, 0, "the claim epoch")
            try equal(run.lineage, RunLineage(), "the lineage")
            try equal(run.tenantID, .seed, "the tenant")
        },
        Promise("PP021", "an unknown run loads as nothing") { world in
            try require(await world.persistence().loadWorkflowRun(id: UUID()) == nil, "there is no run")
        },
        Promise("PP022", "the creation of a run is that of its state, and saving again keeps it") { world in
            let graph = try await world.storedGraph()
            var state = WorkflowState(
                workflowID: graph.id, createdAt: Date(timeIntervalSince1970: 1_700_000_000))
            try await world.persistence().saveWorkflowRun(state)
            state.createdAt = Date(timeIntervalSince1970: 1_800_000_000)
            try await world.persistence().saveWorkflowRun(state)
            let run = try present(await world.persistence().loadWorkflowRun(id: state.runID), "the run")
            try equal(run.createdAt.timeIntervalSince1970, 1_700_000_000, "created_at")
        },
        Promise("PP023", "saving a terminal state stamps the completion") { world in
            for status in [WorkflowStatus.completed, .failed, .cancelled] {
                let state = try await world.run(status)
                let run = try await world.persistence().loadWorkflowRun(id: state.runID)
                try equal(run?.status, status, "the status")
                try require(run?.completedAt != nil, "completed_at is set for \(status.rawValue)")
            }
        },
        Promise("PP024", "saving a terminal run again does not move its completion") { world in
            let state = try await world.run(.completed)
            let first = try await world.persistence().loadWorkflowRun(id: state.runID)?.completedAt
            try await world.persistence().saveWorkflowRun(state)
            _ = try await world.persistence().updateRunStatus(runID: state.runID, status: .completed)
            try equal(
                await world.persistence().loadWorkflowRun(id: state.runID)?.completedAt, first, "completed_at"
            )
        },
        Promise("PP025", "a terminal run is not taken back to a running status") { world in
            let state = try await world.run(.completed)
            var back = state
            back.status = .running
            let again = back
            let code = StoreErrorCode.invalidTransition(from: "completed", to: "running")
            try await refused(code, "saving the run") {
                try await world.persistence().saveWorkflowRun(again)
            }
            try await refused(code, "the status") {
                _ = try await world.persistence().updateRunStatus(runID: state.runID, status: .running)
            }
            try await refused(code, "the snapshot") {
                _ = try await world.persistence().saveWorkflowSnapshot(again)
            }
            try equal(
                await world.persistence().loadWorkflowRun(id: state.runID)?.status, .completed, "the status")
            try equal(
                await world.persistence().loadWorkflowStateHistory(runID: state.runID).count, 0, "versions")
        },
        Promise("PP026", "a new status of a known run is set and counted") { world in
            let state = try await world.run(.running)
            try equal(
                await world.persistence().updateRunStatus(runID: state.runID, status: .waiting), 1, "rows")
            let run = try await world.persistence().loadWorkflowRun(id: state.runID)
            try equal(run?.status, .waiting, "the status")
            try equal(run?.completedAt, nil, "the completion")
        },
        Promise("PP027", "a terminal status stamps the completion") { world in
            let state = try await world.run(.running)
            _ = try await world.persistence().updateRunStatus(runID: state.runID, status: .failed)
            try require(
                await world.persistence().loadWorkflowRun(id: state.runID)?.completedAt != nil,
                "completed_at is set")
        },
        Promise("PP028", "a status of an unknown run changes nothing and says so") { world in
            try equal(
                await world.persistence().updateRunStatus(runID: UUID(), status: .running), 0, "rows")
        },
        Promise("PP029", "a run of a graph that is not stored is refused by name") { world in
            let state = WorkflowState(workflowID: UUID(), goal: "none")
            try await refused(.missingGraph(graphID: state.workflowID), "the run") {
                try await world.persistence().saveWorkflowRun(state)
            }
            try require(await world.persistence().loadWorkflowRun(id: state.runID) == nil, "there is no run")
        },
        Promise("PP030", "runs are listed newest first, page by page") { world in
            var ids: [UUID] = []
            for index in 0..<5 {
                let graph = try await world.storedGraph()
                let state = WorkflowState(
                    workflowID: graph.id, createdAt: Date(timeIntervalSince1970: Double(1000 + index)))
                try await world.persistence().saveWorkflowRun(state)
                ids.insert(state.runID, at: 0)
            }
            let provider = try world.persistence()
            try equal(await provider.listWorkflowRuns().map(\.id), ids, "all runs")
            let first = try await provider.listWorkflowRuns(Page(limit: 2))
            try equal(first.map(\.id), Array(ids[..<2]), "the first page")
            let cursor = try present(first.last?.cursor, "the cursor")
            try equal(
                await provider.listWorkflowRuns(Page(limit: 2, after: cursor)).map(\.id), Array(ids[2..<4]),
                "the page after the cursor")
            try equal(
                await provider.listWorkflowRuns(Page(limit: 2, offset: 4)).map(\.id), [ids[4]],
                "the last page")
        },
        Promise(
            "PP031", "runs created at the same instant are listed by id, greatest first, and none is lost"
        ) {
            world in
            let graph = try await world.storedGraph()
            var ids: [UUID] = []
            for _ in 0..<6 {
                let state = WorkflowState(workflowID: graph.id, createdAt: Date(timeIntervalSince1970: 1000))
                try await world.persistence().saveWorkflowRun(state)
                ids.append(state.runID)
            }
            let sorted = ids.sorted { $0.uuidString > $1.uuidString }
            var seen: [UUID] = []
            var page = try await world.persistence().listWorkflowRuns(Page(limit: 2))
            while let last = page.last, seen.count < 12 {
                seen += page.map(\.id)
                page = try await world.persistence().listWorkflowRuns(Page(limit: 2, after: last.cursor))
            }
            try equal(seen, sorted, "the order")
        },
        Promise("PP032", "runs are filtered by status") { world in
            let wanted = try await world.run(.waiting)
            _ = try await world.run(.running)
            let found = try await world.persistence().listWorkflowRuns(
                .first, filter: RunFilter(status: .waiting))
            try equal(found.map(\.id), [wanted.runID], "the runs")
        },
        Promise("PP033", "runs are filtered by graph") { world in
            let wanted = try await world.run()
            _ = try await world.run()
            let found = try await world.persistence().listWorkflowRuns(
                .first, filter: RunFilter(graphID: wanted.workflowID))
            try equal(found.map(\.id), [wanted.runID], "the runs")
        },
        Promise("PP034", "two savers of a new run make one row") { world in
            let graph = try await world.storedGraph()
            let state = WorkflowState(workflowID: graph.id)
            _ = try await world.atOnce(4) { _ in try await world.persistence().saveWorkflowRun(state) }
            try equal(await world.persistence().listWorkflowRuns().count, 1, "runs")
        },
    ]

    static let cancelling: [Promise] = [
        Promise("PP090", "a cancel request of a live run is noted") { world in
            let state = try await world.run()
            try equal(
                await world.persistence().loadWorkflowRun(id: state.runID)?.cancelRequestedAt, nil, "before")
            try require(await world.persistence().requestCancel(runID: state.runID), "it was accepted")
            try require(
                await world.persistence().loadWorkflowRun(id: state.runID)?.cancelRequestedAt != nil,
                "it is in the row")
        },
        Promise("PP091", "asking twice is harmless and keeps the first instant") { world in
            let state = try await world.run()
            _ = try await world.persistence().requestCancel(runID: state.runID)
            let first = try await world.persistence().loadWorkflowRun(id: state.runID)?.cancelRequestedAt
            try require(await world.persistence().requestCancel(runID: state.runID), "it was accepted")
            try equal(
                await world.persistence().loadWorkflowRun(id: state.runID)?.cancelRequestedAt, first,
                "the instant")
        },
        Promise("PP092", "a terminal run cannot be cancelled") { world in
            let state = try await world.run(.completed)
            try require(await !world.persistence().requestCancel(runID: state.runID), "it was refused")
            try equal(
                await world.persistence().loadWorkflowRun(id: state.runID)?.cancelRequestedAt, nil,
                "the instant")
        },
        Promise("PP093", "an unknown run cannot be cancelled") { world in
            try require(await !world.persistence().requestCancel(runID: UUID()), "it was refused")
        },
    ]

    static let lineage: [Promise] = [
        Promise("PP040", "an ordinary run is primary and comes from nowhere") { world in
            let state = try await world.run()
            try equal(
                await world.persistence().loadWorkflowRun(id: state.runID)?.lineage, RunLineage(), "lineage")
        },
        Promise("PP041", "a lineage comes back with kind, parent, sequence, changes and group") { world in
            let (state, lineage) = try await world.fork()
            try equal(
                await world.persistence().loadWorkflowRun(id: state.runID)?.lineage, lineage, "lineage")
        },
        Promise("PP042", "saving the run again keeps its lineage") { world in
            var (state, lineage) = try await world.fork()
            state.status = .completed
            try await world.persistence().saveWorkflowRun(state)
            let run = try await world.persistence().loadWorkflowRun(id: state.runID)
            try equal(run?.lineage, lineage, "lineage")
            try equal(run?.status, .completed, "the status")
        },
        Promise("PP043", "the lineage of an unknown run is refused by name") { world in
            let unknown = UUID()
            try await refused(.missingRunRecord(runID: unknown, table: "workflow_runs"), "the lineage") {
                try await world.persistence().saveRunLineage(runID: unknown, lineage: RunLineage())
            }
        },
        Promise("PP044", "a parent that does not exist is refused by name, and the lineage stays") { world in
            let (state, lineage) = try await world.fork()
            let unknown = UUID()
            try await refused(
                .missingRecord(table: "workflow_runs", id: unknown.uuidString.lowercased()), "the lineage"
            ) {
                try await world.persistence().saveRunLineage(
                    runID: state.runID, lineage: RunLineage(kind: .counterfactual, parentRunID: unknown))
            }
            try equal(
                await world.persistence().loadWorkflowRun(id: state.runID)?.lineage, lineage, "lineage")
        },
        Promise("PP045", "runs are filtered by kind, parent and fork group") { world in
            let (first, lineage) = try await world.fork()
            let (second, _) = try await world.fork()
            let provider = try world.persistence()
            let forks = try await provider.listWorkflowRuns(
                .first, filter: RunFilter(kind: .counterfactual))
            try equal(Set(forks.map(\.id)), [first.runID, second.runID], "runs of a kind")
            let children = try await provider.listWorkflowRuns(
                .first, filter: RunFilter(parentRunID: lineage.parentRunID))
            try equal(children.map(\.id), [first.runID], "runs of a parent")
            let group = try await provider.listWorkflowRuns(
                .first, filter: RunFilter(forkGroupID: lineage.forkGroupID))
            try equal(group.map(\.id), [first.runID], "runs of a group")
        },
    ]
}

extension PromiseWorld {
    /// Stores a run, and a fork of it with a lineage.
    fileprivate func fork() async throws -> (state: WorkflowState, lineage: RunLineage) {
        let parent = try await run(.completed)
        let state = try await run()
        let lineage = RunLineage(
            kind: .counterfactual, parentRunID: parent.runID, forkSequenceID: 47,
            forkMutations: [["set": ["key": 1]], ["drop": "x"]], forkGroupID: UUID())
        try await persistence().saveRunLineage(runID: state.runID, lineage: lineage)
        return (state, lineage)
    }
}
