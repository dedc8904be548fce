import FoundationEssentials
import JSONModel
import Orchestrator
import StoreContracts

extension QueuePromises {
    static let resuming: [Promise] = [
        Promise("WQ080", "a decision completes the paused job and adds one resume job") { world in
            let (state, paused) = try await world.waitingRun()
            let response = HumanResponse(.approved, data: ["ok": 1], approvalID: "a1", responseKey: "key")
            let request = ResumeRequest(runID: state.runID, response: response)
            try equal(
                await world.queue().enqueueResume(request),
                EnqueueResult(jobID: request.jobID, wasInserted: true), "the result")
            try equal(await world.queue().getJob(id: paused)?.status, .completed, "the paused job")
            let claim = try present(await world.queue().dequeue(workerID: "one"), "the resume job")
            try equal(claim.job.type, .resume, "the type")
            try equal(claim.job.humanResponse, response.json, "the response")
            try equal(claim.claimEpoch, 2, "the epoch")
        },
        Promise("WQ081", "the same decision again adds nothing and names the first job") { world in
            let (state, _) = try await world.waitingRun()
            let response = HumanResponse(.approved, approvalID: "a1", responseKey: "key")
            let first = ResumeRequest(runID: state.runID, response: response)
            _ = try await world.queue().enqueueResume(first)
            try equal(
                await world.queue().enqueueResume(ResumeRequest(runID: state.runID, response: response)),
                EnqueueResult(jobID: first.jobID, wasInserted: false), "the second result")
        },
        Promise("WQ082", "a decision for another pause is refused, and the run waits on") { world in
            let (state, paused) = try await world.waitingRun()
            try await refused(.invalidArgument(name: "approval_id"), "the decision") {
                _ = try await world.queue().enqueueResume(
                    ResumeRequest(
                        runID: state.runID, response: HumanResponse(.approved, approvalID: "a2")))
            }
            try equal(await world.queue().getJob(id: paused)?.status, .paused, "the paused job")
        },
        Promise("WQ083", "a run that waits for nobody takes no decision") { world in
            let state = try await world.run(.running)
            try await refused(.invalidTransition(from: "running", to: "running"), "the decision") {
                _ = try await world.queue().enqueueResume(
                    ResumeRequest(runID: state.runID, response: HumanResponse(.approved)))
            }
        },
        Promise("WQ084", "a decision for an unknown run is refused by name") { world in
            let unknown = UUID()
            try await refused(.missingRunRecord(runID: unknown, table: "workflow_runs"), "the decision") {
                _ = try await world.queue().enqueueResume(
                    ResumeRequest(runID: unknown, response: HumanResponse(.approved)))
            }
        },
        Promise("WQ085", "a cancel request wakes the paused job of its run") { world in
            let (state, paused) = try await world.waitingRun()
            try require(await world.persistence().requestCancel(runID: state.runID), "it was accepted")
            try equal(await world.queue().dequeue(workerID: "one")?.job.id, paused, "the claimed job")
        },
        Promise("WQ086", "of the same decision sent by many at once, one is taken") { world in
            let (state, _) = try await world.waitingRun()
            let response = HumanResponse(.approved, approvalID: "a1", responseKey: "key")
            let results = try await world.atOnce(6) { _ in
                try await world.queue().enqueueResume(
                    ResumeRequest(runID: state.runID, response: response))
            }
            try equal(results.count { $0.wasInserted }, 1, "decisions that were taken")
            try equal(Set(results.map(\.jobID)).count, 1, "jobs that were named")
        },
    ]
}

extension PromiseWorld {
    /// A run that waits for the approval `a1`, with its paused job.
    fileprivate func waitingRun() async throws -> (state: WorkflowState, job: UUID) {
        let claim = try await claimed()
        var state = state(of: claim, .waiting)
        state.pendingApproval = ["approval_id": "a1"]
        _ = try await runs().commit(
            commit(
                state, from: 0, claim: claim.claim, disposition: .release(claim.handle, deadline: nil)))
        return (state, claim.job.id)
    }
}
