import FoundationEssentials
import JSONModel
import Orchestrator
import StoreContracts

/// What every write under a claim promises.
enum FencingPromises {
    static let all = fresh + stale + other

    /// A write that a claim fences.
    struct Write: Sendable {
        let name: String
        let perform: @Sendable (PromiseWorld, WorkflowState, ClaimedJob) async throws -> Void
    }

    static let writes: [Write] = [
        Write(name: "saveWorkflowRun") { world, state, job in
            try await world.persistence(.seed, job.claim).saveWorkflowRun(state)
        },
        Write(name: "updateRunStatus") { world, state, job in
            _ = try await world.persistence(.seed, job.claim).updateRunStatus(
                runID: state.runID, status: .waiting)
        },
        Write(name: "saveRunLineage") { world, state, job in
            try await world.persistence(.seed, job.claim).saveRunLineage(
                runID: state.runID, lineage: RunLineage())
        },
        Write(name: "saveWorkflowState") { world, state, job in
            _ = try await world.persistence(.seed, job.claim).saveWorkflowState(state)
        },
        Write(name: "saveWorkflowSnapshot") { world, state, job in
            _ = try await world.persistence(.seed, job.claim).saveWorkflowSnapshot(state)
        },
        Write(name: "append") { world, state, job in
            try await world.log(.seed, job.claim).append(world.event(state.runID, 3))
        },
        Write(name: "checkpoint") { world, state, job in
            try await world.log(.seed, job.claim).checkpoint(
                runID: state.runID, sequenceID: 9, state: state)
        },
        Write(name: "compact") { world, state, job in
            _ = try await world.log(.seed, job.claim).compact(runID: state.runID, through: 1)
        },
        Write(name: "checkpointAndCompact") { world, state, job in
            _ = try await world.log(.seed, job.claim).checkpointAndCompact(
                runID: state.runID, sequenceID: 2, state: state)
        },
        Write(name: "RunStore.commit") { world, state, job in
            _ = try await world.runs().commit(world.commit(state, from: 3, claim: job.claim))
        },
        Write(name: "RunStore.compact") { world, state, job in
            var marked = state
            marked.lastEventSequenceID = 2
            _ = try await world.runs().compact(state: marked, claim: job.claim, retainCheckpoints: 1)
        },
    ]

    private static let fresh = writes.enumerated().map { index, write in
        Promise("FN0" + two(index + 1), "\(write.name) under the present claim succeeds") { world in
            let (job, state) = try await world.fenced()
            try await write.perform(world, state, job)
        }
    }

    private static let stale = writes.enumerated().map { index, write in
        Promise(
            "FN0" + two(index + 31), "\(write.name) under a claim that is over is refused and writes nothing"
        ) {
            world in
            let (job, state) = try await world.fenced()
            _ = try await world.queue().requeue(job.handle)
            let second = try present(await world.queue().dequeue(workerID: "two"), "the job again")
            try equal(second.claimEpoch, 2, "the second epoch")
            let before = try await world.fingerprint(state.runID)
            try await refused(
                .staleClaim(runID: state.runID, staleEpoch: 1, currentEpoch: 2), "the write"
            ) { try await write.perform(world, state, job) }
            try equal(await world.fingerprint(state.runID), before, "what is stored")
        }
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private static let other: [Promise] = [
        Promise("FN060", "without a claim writes ignore epochs") { world in
            let (_, state) = try await world.fenced()
            _ = try await world.persistence().saveWorkflowSnapshot(state)
            try await world.log().append(world.event(state.runID, 3))
        },
        Promise("FN061", "a claim is no leave to write about another run") { world in
            let (job, _) = try await world.fenced()
            let stranger = try await world.run()
            try await refused(.notPermitted, "the state") {
                _ = try await world.persistence(.seed, job.claim).saveWorkflowState(stranger)
            }
            try await refused(.notPermitted, "the event") {
                try await world.log(.seed, job.claim).append(world.event(stranger.runID, 0))
            }
            try await refused(.notPermitted, "the commit") {
                _ = try await world.runs().commit(world.commit(stranger, from: 0, claim: job.claim))
            }
        },
        Promise("FN062", "a fenced write about a run without a row fails closed") { world in
            let graph = try await world.storedGraph()
            let state = WorkflowState(workflowID: graph.id)
            let claim = RunClaim(runID: state.runID, epoch: 1)
            try await refused(
                .missingRunRecord(runID: state.runID, table: "workflow_runs"), "the snapshot"
            ) { _ = try await world.persistence(.seed, claim).saveWorkflowSnapshot(state) }
            try await refused(
                .missingRunRecord(runID: state.runID, table: "workflow_events"), "the event"
            ) { try await world.log(.seed, claim).append(world.event(state.runID, 0)) }
        },
        Promise("FN063", "a stale claim is told before a conflict") { world in
            let (job, state) = try await world.fenced()
            _ = try await world.queue().requeue(job.handle)
            _ = try await world.queue().dequeue(workerID: "two")
            try await refused(
                .staleClaim(runID: state.runID, staleEpoch: 1, currentEpoch: 2), "an event at a taken place"
            ) { try await world.log(.seed, job.claim).append(world.event(state.runID, 0)) }
        },
        Promise("FN064", "reads are not fenced") { world in
            let (job, state) = try await world.fenced()
            _ = try await world.queue().requeue(job.handle)
            _ = try await world.queue().dequeue(workerID: "two")
            try equal(
                await world.log(.seed, job.claim).loadEvents(runID: state.runID).count, 3, "events")
            try require(
                await world.persistence(.seed, job.claim).loadWorkflowRun(id: state.runID) != nil, "the run")
        },
        Promise("FN065", "a claim that comes while a write is under way is before or after it, never both") {
            world in
            let queue = try world.queue()
            for _ in 0..<20 {
                let (job, state) = try await world.fenced()
                _ = try await queue.requeue(job.handle)
                let done = try await world.atOnce(2) { index -> Bool in
                    if index == 0 { return try await queue.dequeue(workerID: "two") != nil }
                    do {
                        try await world.log(.seed, job.claim).append(world.event(state.runID, 3))
                        return true
                    } catch let error as StoreError {
                        try equal(
                            error.code,
                            .staleClaim(runID: state.runID, staleEpoch: 1, currentEpoch: 2), "the error")
                        return false
                    }
                }
                let count = try await world.log().loadEvents(runID: state.runID).count
                try equal(count, done.allSatisfy { $0 } ? 4 : 3, "events")
                for claim in try await queue.listJobs(status: .active, page: .first) {
                    _ = try await queue.ack(JobHandle(jobID: claim.id))
                }
            }
        },
    ]
}

extension PromiseWorld {
    /// A claimed job with three events, a snapshot and an anchor.
    fileprivate func fenced() async throws -> (job: ClaimedJob, state: WorkflowState) {
        let job = try await claimed()
        let state = state(of: job)
        _ = try await persistence(.seed, job.claim).saveWorkflowSnapshot(state)
        try await log(.seed, job.claim).append(events(state.runID, 0..<3))
        try await log(.seed, job.claim).checkpoint(runID: state.runID, sequenceID: 2, state: state)
        return (job, state)
    }

    /// What is stored about a run, to compare.
    fileprivate func fingerprint(_ run: UUID) async throws -> String {
        let row = try await persistence().loadWorkflowRun(id: run)
        let events = try await log().loadEvents(runID: run).map(\.id)
        let versions = try await persistence().loadWorkflowStateHistory(runID: run).map(\.version)
        let anchor = try await log().loadCheckpoint(runID: run)?.sequenceID
        return "\(String(describing: row)) \(events) \(versions) \(String(describing: anchor))"
    }
}
