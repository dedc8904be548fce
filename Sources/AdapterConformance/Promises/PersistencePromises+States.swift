import FoundationEssentials
import JSONModel
import Orchestrator
import StoreContracts

extension PersistencePromises {
    static let states: [Promise] = [
        Promise("PP050", "the first snapshot of a run makes its row and version 1") { world in
            let graph = try await world.storedGraph()
            var state = WorkflowState(workflowID: graph.id, goal: "answer")
            state.status = .running
            try equal(await world.persistence().saveWorkflowSnapshot(state), 1, "the version")
            try equal(
                await world.persistence().loadWorkflowRun(id: state.runID)?.status, .running, "the status")
            try equal(
                await world.persistence().loadLatestWorkflowState(runID: state.runID), state, "the state")
        },
        Promise("PP051", "versions count from 1 without holes, whichever call makes them") { world in
            let state = try await world.run()
            let provider = try world.persistence()
            try equal(await provider.saveWorkflowState(state), 1, "the first version")
            try equal(await provider.saveWorkflowSnapshot(state), 2, "the second version")
            try equal(await provider.saveWorkflowState(state), 3, "the third version")
        },
        Promise("PP052", "the latest state is the one with the greatest version") { world in
            var state = try await world.run()
            for goal in ["one", "two", "three"] {
                state.goal = goal
                _ = try await world.persistence().saveWorkflowState(state)
            }
            try equal(
                await world.persistence().loadLatestWorkflowState(runID: state.runID)?.goal, "three",
                "the goal")
        },
        Promise("PP053", "a run without states has no latest state") { world in
            let state = try await world.run()
            try require(
                await world.persistence().loadLatestWorkflowState(runID: state.runID) == nil, "no state")
            try require(await world.persistence().loadLatestWorkflowState(runID: UUID()) == nil, "no run")
        },
        Promise("PP054", "text, numbers, nulls and unknown keys of a state come back equal") { world in
            var state = try await world.run()
            state.memory = [
                "text": "żółć 🙂 \u{1F1EA}\u{1F1FA} \\ \" \n", "integer": 12_345_678_901, "negative": -7,
                "decimal": -0.5, "large": 1e300, "deep": ["a": [nil, true, ["b": [:]]]], "empty": "",
            ]
            state.currentNode = "start"
            state.additionalFields = ["x_future": ["kept": true]]
            state.totalTokensUsed = 5_000_000_000
            state.lastEventSequenceID = 41
            _ = try await world.persistence().saveWorkflowSnapshot(state)
            try equal(
                await world.persistence().loadLatestWorkflowState(runID: state.runID), state, "the state")
        },
        Promise("PP055", "dates of a state come back as the same instants") { world in
            var state = try await world.run()
            state.updatedAt = Date(timeIntervalSince1970: 1_767_225_600.123)
            state.waitingSince = Date(timeIntervalSince1970: 1_767_225_601.5)
            _ = try await world.persistence().saveWorkflowState(state)
            let loaded = try await world.persistence().loadLatestWorkflowState(runID: state.runID)
            try equal(loaded?.updatedAt, state.updatedAt, "updated_at")
            try equal(loaded?.waitingSince, state.waitingSince, "waiting_since")
        },
        Promise("PP056", "a state of an unknown run is refused by name") { world in
            let graph = try await world.storedGraph()
            let state = WorkflowState(workflowID: graph.id)
            try await refused(
                .missingRunRecord(runID: state.runID, table: "workflow_states"), "the state"
            ) {
                _ = try await world.persistence().saveWorkflowState(state)
            }
        },
        Promise("PP057", "a snapshot of a run of an unknown graph is refused and leaves nothing") { world in
            let state = WorkflowState(workflowID: UUID())
            try await refused(
                .missingRunRecord(runID: state.runID, table: "workflow_runs"), "the snapshot"
            ) {
                _ = try await world.persistence().saveWorkflowSnapshot(state)
            }
            try require(await world.persistence().loadWorkflowRun(id: state.runID) == nil, "there is no run")
        },
        Promise("PP058", "fifty writers of one run make fifty versions and no error") { world in
            let state = try await world.run()
            let versions = try await world.atOnce(50) { index in
                index % 2 == 0
                    ? try await world.persistence().saveWorkflowState(state)
                    : try await world.persistence().saveWorkflowSnapshot(state)
            }
            try equal(versions.sorted(), Array(1...50), "the versions")
        },
        Promise("PP059", "snapshots of a new run at once make one run and distinct versions") { world in
            let graph = try await world.storedGraph()
            let state = WorkflowState(workflowID: graph.id)
            let versions = try await world.atOnce(8) { _ in
                try await world.persistence().saveWorkflowSnapshot(state)
            }
            try equal(versions.sorted(), Array(1...8), "the versions")
            try equal(await world.persistence().listWorkflowRuns().count, 1, "runs")
        },
        Promise("PP060", "a state alone leaves the row of its run as it is") { world in
            var state = try await world.run(.running)
            state.status = .waiting
            _ = try await world.persistence().saveWorkflowState(state)
            try equal(
                await world.persistence().loadWorkflowRun(id: state.runID)?.status, .running, "the status")
        },
        Promise("PP061", "a snapshot sets status and completion of the run") { world in
            var state = try await world.run(.running)
            state.status = .completed
            _ = try await world.persistence().saveWorkflowSnapshot(state)
            let run = try await world.persistence().loadWorkflowRun(id: state.runID)
            try equal(run?.status, .completed, "the status")
            try require(run?.completedAt != nil, "completed_at is set")
        },
        Promise("PP062", "U+0000 in a state neither fails the call nor loses the rest") { world in
            var state = try await world.run()
            state.memory = ["answer": "a\0b", "rest": "kept"]
            _ = try await world.persistence().saveWorkflowState(state)
            let memory = try await world.persistence().loadLatestWorkflowState(runID: state.runID)?.memory
            try equal(memory?["rest"], "kept", "the rest")
            try equal(memory?["answer"], "a\u{FFFD}b", "the text with U+0000")
        },
        Promise("PP063", "a state of one megabyte comes back equal") { world in
            var state = try await world.run()
            state.memory = ["big": .string(String(repeating: "0123456789abcdef", count: 65_536))]
            _ = try await world.persistence().saveWorkflowState(state)
            try equal(
                await world.persistence().loadLatestWorkflowState(runID: state.runID) == state, true,
                "the state is equal")
        },
        Promise("PP064", "states of other runs do not mix") { world in
            var first = try await world.run()
            var second = try await world.run()
            first.goal = "first"
            second.goal = "second"
            _ = try await world.persistence().saveWorkflowState(first)
            _ = try await world.persistence().saveWorkflowState(second)
            try equal(
                await world.persistence().loadLatestWorkflowState(runID: first.runID)?.goal, "first",
                "the goal")
            try equal(
                await world.persistence().loadWorkflowStateHistory(runID: second.runID).map(\.version), [1],
                "versions")
        },
    ]

    static let history: [Promise] = [
        Promise("PP070", "the history has every version, ascending, with status and node") { world in
            var state = try await world.run()
            for (status, node) in [(WorkflowStatus.running, "a"), (.waiting, "b"), (.running, "c")] {
                state.status = status
                state.currentNode = node
                _ = try await world.persistence().saveWorkflowState(state)
            }
            let history = try await world.persistence().loadWorkflowStateHistory(runID: state.runID)
            try equal(history.map(\.version), [1, 2, 3], "versions")
            try equal(history.map(\.statusText), ["running", "waiting", "running"], "statuses")
            try equal(history.map(\.currentNode), ["a", "b", "c"], "nodes")
        },
        Promise("PP071", "a page of the history has no more than its limit, and starts after its offset") {
            world in
            let state = try await world.run()
            for _ in 0..<4 { _ = try await world.persistence().saveWorkflowState(state) }
            let page = try await world.persistence().loadWorkflowStateHistory(
                runID: state.runID, page: Page(limit: 2, offset: 1))
            try equal(page.map(\.version), [2, 3], "versions")
        },
        Promise("PP072", "the history tells tokens beyond 32 bits") { world in
            var state = try await world.run()
            state.totalTokensUsed = 5_000_000_000
            _ = try await world.persistence().saveWorkflowState(state)
            try equal(
                await world.persistence().loadWorkflowStateHistory(runID: state.runID).map(\.totalTokensUsed),
                [5_000_000_000], "tokens")
        },
        Promise("PP073", "the history of an unknown run is empty") { world in
            try equal(
                await world.persistence().loadWorkflowStateHistory(runID: UUID()).count, 0, "versions")
        },
        Promise("PP074", "each version can be loaded as it was stored") { world in
            var state = try await world.run()
            for step in 1...3 {
                state.memory = ["step": .number(step)]
                _ = try await world.persistence().saveWorkflowState(state)
            }
            for step in 1...3 {
                let json = try await world.persistence().loadWorkflowStateAtVersion(
                    runID: state.runID, version: step)
                try equal(json?["memory"]?["step"]?.intValue, step, "the memory of version \(step)")
                try equal(json?["run_id"]?.stringValue, state.runID.uuidString.lowercased(), "run_id")
            }
        },
        Promise("PP075", "an unknown version or run loads as nothing") { world in
            let state = try await world.run()
            _ = try await world.persistence().saveWorkflowState(state)
            for (run, version) in [(state.runID, 2), (state.runID, 0), (UUID(), 1)] {
                let json = try await world.persistence().loadWorkflowStateAtVersion(
                    runID: run, version: version)
                try require(json == nil, "version \(version) is not there")
            }
        },
        Promise("PP076", "the events of a run are loaded in their order") { world in
            let state = try await world.run()
            let events = world.events(state.runID, 0..<3)
            try await world.log().append(events.reversed())
            try equal(
                await world.persistence().loadEvents(runID: state.runID).map(\.appended), events, "events")
            try equal(await world.persistence().loadEvents(runID: UUID()).count, 0, "events of nothing")
        },
    ]
}
