import FoundationEssentials
import JSONModel
import Orchestrator
import StoreContracts

extension RunStorePromises {
    static let commits: [Promise] = [
        Promise("RS001", "a commit makes events, snapshot and status durable together") { world in
            let job = try await world.claimed()
            let commit = world.commit(world.state(of: job), from: 0, claim: job.claim)
            try equal(await world.runs().commit(commit), CommitReceipt(stateVersion: 1), "the receipt")
            let run = job.job.runID
            try equal(await world.log().loadEvents(runID: run).map(\.appended), commit.events, "the events")
            try equal(await world.persistence().loadWorkflowRun(id: run)?.status, .running, "the status")
            try equal(
                await world.persistence().loadLatestWorkflowState(runID: run), commit.state, "the snapshot")
        },
        Promise("RS002", "the last commit ends the job in the same transaction") { world in
            let job = try await world.claimed()
            let commit = world.commit(
                world.state(of: job, .completed), from: 0, claim: job.claim, disposition: .ack(job.handle))
            _ = try await world.runs().commit(commit)
            let stored = try present(await world.queue().getJob(id: job.job.id), "the job")
            try equal(stored.status, .completed, "the job's status")
            try equal(stored.workerID, nil, "the job's worker")
            let run = try await world.persistence().loadWorkflowRun(id: job.job.runID)
            try equal(run?.status, .completed, "the run's status")
            try require(run?.completedAt != nil, "completed_at is set")
        },
        Promise("RS003", "a commit can pause the job, with a deadline or without") { world in
            for deadline in [nil, Date(timeIntervalSince1970: 4_000_000_000)] {
                let job = try await world.claimed()
                _ = try await world.runs().commit(
                    world.commit(
                        world.state(of: job, .waiting), from: 0, claim: job.claim,
                        disposition: .release(job.handle, deadline: deadline)))
                let stored = try present(await world.queue().getJob(id: job.job.id), "the job")
                try equal(stored.status, .paused, "the job's status")
                try equal(stored.visibleAt, deadline, "the deadline")
            }
        },
        Promise("RS004", "a commit can hand the job back without counting the attempt") { world in
            let job = try await world.claimed()
            _ = try await world.runs().commit(
                world.commit(
                    world.state(of: job), from: 0, claim: job.claim, disposition: .requeue(job.handle)))
            let again = try present(await world.queue().dequeue(workerID: "two"), "the job")
            try equal(again.job.id, job.job.id, "the job")
            try equal(again.job.attempt, 1, "the attempt")
        },
        Promise("RS005", "the same commit again succeeds, adds nothing and says so") { world in
            let job = try await world.claimed()
            let commit = world.commit(
                world.state(of: job, .completed), from: 0, claim: job.claim, disposition: .ack(job.handle))
            _ = try await world.runs().commit(commit)
            try equal(
                await world.runs().commit(commit), CommitReceipt(stateVersion: 1, wasReplayed: true),
                "the second receipt")
            try equal(await world.log().loadEvents(runID: job.job.runID).count, 2, "events")
            try equal(
                await world.persistence().loadWorkflowStateHistory(runID: job.job.runID).count, 1, "versions")
        },
        Promise("RS006", "events that were appended alone are completed by their commit") { world in
            let state = try await world.run()
            let commit = world.commit(state, from: 0, count: 3)
            try await world.log().append([commit.events[0], commit.events[2]])
            try equal(await world.runs().commit(commit), CommitReceipt(stateVersion: 1), "the receipt")
            try equal(
                await world.log().loadEvents(runID: state.runID).map(\.appended), commit.events, "events")
        },
        Promise("RS007", "a commit without a state adds events and no version") { world in
            let state = try await world.run()
            let commit = RunCommit(
                runID: state.runID, claim: nil, events: world.events(state.runID, 0..<1), state: nil)
            try equal(await world.runs().commit(commit), CommitReceipt(stateVersion: nil), "the receipt")
            try equal(await world.log().loadEvents(runID: state.runID).count, 1, "events")
            try equal(
                await world.persistence().loadWorkflowStateHistory(runID: state.runID).count, 0, "versions")
        },
        Promise("RS008", "a commit that may creates the run of a stored graph, once") { world in
            let graph = try await world.storedGraph()
            var state = WorkflowState(workflowID: graph.id, goal: "fresh")
            state.status = .running
            let commit = world.commit(state, from: 0, createsRun: true)
            try equal(await world.runs().commit(commit), CommitReceipt(stateVersion: 1), "the receipt")
            try require(await world.runs().commit(commit).wasReplayed, "the second is a replay")
            try equal(await world.persistence().listWorkflowRuns().count, 1, "runs")
        },
        Promise("RS009", "a cancel request is told with the next commit") { world in
            let state = try await world.run()
            try require(
                await !world.runs().commit(world.commit(state, from: 0)).cancelRequested, "nobody asked")
            _ = try await world.persistence().requestCancel(runID: state.runID)
            try require(
                await world.runs().commit(world.commit(state, from: 2)).cancelRequested, "somebody asked")
        },
        Promise("RS010", "old snapshots are dropped when the commit says how many to keep") { world in
            let state = try await world.run()
            for step in 0..<4 {
                var commit = world.commit(state, from: step, count: 1)
                commit.keptSnapshots = 2
                _ = try await world.runs().commit(commit)
            }
            let history = try await world.persistence().loadWorkflowStateHistory(runID: state.runID)
            try equal(history.map(\.version), [3, 4], "versions")
        },
        Promise("RS011", "of two different commits at once to one place, one lands") { world in
            let state = try await world.run()
            let landed = try await world.atOnce(4) { _ in
                do {
                    _ = try await world.runs().commit(world.commit(state, from: 0))
                    return true
                } catch let error as StoreError {
                    try equal(
                        error.code, .eventSequenceConflict(runID: state.runID, sequenceID: 0), "the error")
                    return false
                }
            }
            try equal(landed.count { $0 }, 1, "commits that landed")
            try equal(await world.log().loadEvents(runID: state.runID).count, 2, "events")
            try equal(
                await world.persistence().loadWorkflowStateHistory(runID: state.runID).count, 1, "versions")
        },
        Promise("RS012", "compaction writes the anchor, prunes anchors and deletes the events below") {
            world in
            var state = try await world.run()
            for step in 0..<3 {
                _ = try await world.runs().commit(world.commit(state, from: step * 2))
                state.lastEventSequenceID = step * 2 + 1
                try equal(
                    await world.runs().compact(state: state, claim: nil, retainCheckpoints: 1), 2,
                    "deleted events")
            }
            try equal(await world.log().loadEvents(runID: state.runID).count, 0, "events")
            try equal(await world.log().loadCheckpoint(runID: state.runID)?.sequenceID, 5, "the anchor")
            try equal(await world.log().getLatestSequenceID(runID: state.runID), 5, "the latest sequence")
        },
    ]

    static let refusals: [Promise] = [
        Promise("RS020", "a commit for a job that another holds leaves nothing") { world in
            let job = try await world.claimed()
            var handle = job.handle
            handle.attempt = 7
            let stolen = world.commit(
                world.state(of: job, .completed), from: 0, claim: job.claim, disposition: .ack(handle))
            try await refused(.jobNotHeld(jobID: job.job.id), "the commit") {
                _ = try await world.runs().commit(stolen)
            }
            try equal(await world.log().loadEvents(runID: job.job.runID).count, 0, "events")
            try equal(
                await world.persistence().loadWorkflowRun(id: job.job.runID)?.status, .pending, "the status")
            try equal(await world.queue().getJob(id: job.job.id)?.status, .active, "the job's status")
        },
        Promise("RS021", "another event at a taken place refuses the whole commit") { world in
            let state = try await world.run()
            _ = try await world.runs().commit(world.commit(state, from: 0))
            try await refused(.eventSequenceConflict(runID: state.runID, sequenceID: 1), "the commit") {
                _ = try await world.runs().commit(world.commit(state, from: 1))
            }
            try equal(await world.log().loadEvents(runID: state.runID).count, 2, "events")
            try equal(
                await world.persistence().loadWorkflowStateHistory(runID: state.runID).count, 1, "versions")
        },
        Promise("RS022", "a terminal run takes no commit that would wake it") { world in
            let state = try await world.run(.running)
            var done = state
            done.status = .completed
            _ = try await world.runs().commit(world.commit(done, from: 0))
            try await refused(.invalidTransition(from: "completed", to: "running"), "the commit") {
                _ = try await world.runs().commit(world.commit(state, from: 2))
            }
            try equal(await world.log().loadEvents(runID: state.runID).count, 2, "events")
        },
        Promise("RS023", "a run without a row is refused by name unless the commit may create it") { world in
            let graph = try await world.storedGraph()
            let state = WorkflowState(workflowID: graph.id)
            try await refused(
                .missingRunRecord(runID: state.runID, table: "workflow_runs"), "the commit"
            ) { _ = try await world.runs().commit(world.commit(state, from: 0)) }
        },
        Promise("RS024", "a run of an unknown graph is not created") { world in
            let state = WorkflowState(workflowID: UUID())
            try await refused(.missingGraph(graphID: state.workflowID), "the commit") {
                _ = try await world.runs().commit(world.commit(state, from: 0, createsRun: true))
            }
            try require(await world.persistence().loadWorkflowRun(id: state.runID) == nil, "there is no run")
        },
        Promise("RS025", "events with a hole, or a state with another mark, are refused") { world in
            let state = try await world.run()
            var hole = world.commit(state, from: 0, count: 3)
            hole.events.remove(at: 1)
            var mark = world.commit(state, from: 0)
            mark.state?.lastEventSequenceID = 9
            for commit in [hole, mark] {
                try await refused(
                    "the commit", as: { if case .invalidArgument = $0 { true } else { false } },
                    expecting: "invalidArgument"
                ) { _ = try await world.runs().commit(commit) }
            }
            try equal(await world.log().loadEvents(runID: state.runID).count, 0, "events")
        },
        Promise("RS026", "keeping no anchor is refused") { world in
            var state = try await world.run()
            state.lastEventSequenceID = 0
            let marked = state
            try await refused(
                "the compaction", as: { if case .invalidArgument = $0 { true } else { false } },
                expecting: "invalidArgument"
            ) { _ = try await world.runs().compact(state: marked, claim: nil, retainCheckpoints: 0) }
        },
    ]

    static let positions: [Promise] = [
        Promise("RS040", "an unknown run is fresh") { world in
            let position = try await world.runs().loadPosition(runID: UUID())
            try require(position.run == nil, "there is no run")
            try require(position.snapshot == nil, "there is no snapshot")
            try equal(position.latestKnownSequence, -1, "the latest known sequence")
            try equal(position.events.count, 0, "events")
        },
        Promise("RS041", "the position has run, snapshot and latest sequence") { world in
            let state = try await world.run()
            let commit = world.commit(state, from: 0)
            _ = try await world.runs().commit(commit)
            let position = try await world.runs().loadPosition(runID: state.runID)
            try equal(position.run?.id, state.runID, "the run")
            try equal(position.snapshot, commit.state, "the snapshot")
            try equal(position.latestKnownSequence, 1, "the latest known sequence")
            try require(position.checkpoint == nil, "there is no checkpoint")
        },
        Promise("RS042", "the end of the log reaches back to the last action") { world in
            var state = try await world.run()
            let types: [WorkflowEventType] = [
                .workflowStarted, .nodeStarted, .actionDispatched, .internalDispatched, .nodeStarted,
            ]
            state.lastEventSequenceID = 4
            _ = try await world.runs().commit(
                RunCommit(
                    runID: state.runID, claim: nil,
                    events: types.enumerated().map { world.event(state.runID, $0.offset, $0.element) },
                    state: state))
            try await world.log().append(world.event(state.runID, 5))
            let position = try await world.runs().loadPosition(runID: state.runID)
            try equal(position.events.map(\.sequenceID), [2, 3, 4, 5], "the end of the log")
            try equal(position.started?.sequenceID, 0, "the start")
            try equal(position.latestKnownSequence, 5, "the latest known sequence")
        },
        Promise("RS043", "after a compaction the position goes on from the anchor") { world in
            var state = try await world.run()
            _ = try await world.runs().commit(world.commit(state, from: 0, count: 3))
            state.lastEventSequenceID = 2
            _ = try await world.runs().compact(state: state, claim: nil, retainCheckpoints: 1)
            try await world.log().append(world.event(state.runID, 3))
            let position = try await world.runs().loadPosition(runID: state.runID)
            try equal(position.checkpoint?.sequenceID, 2, "the anchor")
            try equal(position.events.map(\.sequenceID), [3], "the end of the log")
        },
    ]
}
