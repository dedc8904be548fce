import Foundation
import JSONModel
import Orchestrator
import StoreContracts
import Testing

@Suite struct ResumeIntegrationTests {
    /// A run that waits for the approval `a1`, with its paused job.
    private func waitingRun(_ backend: Backend) async throws -> (state: WorkflowState, job: UUID) {
        let request = try await backend.enqueue()
        let claimed = try #require(await backend.jobs.dequeue(workerID: "w"))
        var state = WorkflowState(workflowID: request.graphID, runID: request.runID)
        state.status = .waiting
        state.pendingApproval = ["approval_id": "a1"]
        _ = try await backend.store.commit(
            Sample.commit(
                state, from: 0, claim: claimed.claim,
                disposition: .release(claimed.handle, deadline: nil)))
        return (state, request.id)
    }

    @Test(arguments: Backend.Kind.allCases)
    func `a decision completes the paused job and adds one resume job`(_ kind: Backend.Kind) async throws {
        try await kind.run { backend async throws in
            let (state, paused) = try await waitingRun(backend)
            let response = HumanResponse(.approved, data: ["ok": 1], approvalID: "a1", responseKey: "key")
            let request = ResumeRequest(runID: state.runID, response: response)
            #expect(
                try await backend.jobs.enqueueResume(request)
                    == EnqueueResult(jobID: request.jobID, wasInserted: true))
            #expect(try await backend.jobs.getJob(id: paused)?.status == .completed)
            let again = ResumeRequest(runID: state.runID, response: response)
            #expect(
                try await backend.jobs.enqueueResume(again)
                    == EnqueueResult(jobID: request.jobID, wasInserted: false))
            let job = try #require(await backend.jobs.dequeue(workerID: "w"))
            #expect(job.job.type == .resume)
            #expect(job.job.humanResponse == response.json)
            #expect(job.claimEpoch == 2)
        }
    }

    @Test(arguments: Backend.Kind.allCases)
    func `a decision that nobody waits for is refused`(_ kind: Backend.Kind) async throws {
        try await kind.run { backend async throws in
            let (state, paused) = try await waitingRun(backend)
            let other = HumanResponse(.approved, approvalID: "a2")
            #expect(
                await code {
                    _ = try await backend.jobs.enqueueResume(
                        ResumeRequest(runID: state.runID, response: other))
                } == .invalidArgument(name: "approval_id"))
            #expect(try await backend.jobs.getJob(id: paused)?.status == .paused)
            let running = try await backend.run(status: .running)
            let yes = HumanResponse(.approved)
            #expect(
                await code {
                    _ = try await backend.jobs.enqueueResume(
                        ResumeRequest(runID: running.runID, response: yes))
                } == .invalidTransition(from: "running", to: "running"))
            let unknown = UUID()
            #expect(
                await code {
                    _ = try await backend.jobs.enqueueResume(ResumeRequest(runID: unknown, response: yes))
                } == .missingRunRecord(runID: unknown, table: "workflow_runs"))
            let stranger = TenantID(UUID())
            #expect(
                await code {
                    _ = try await backend.jobs.enqueueResume(
                        ResumeRequest(runID: state.runID, response: yes, tenantID: stranger))
                } == .tenantConflict(table: "workflow_runs", id: state.runID.uuidString.lowercased()))
        }
    }

    @Test(arguments: Backend.Kind.allCases)
    func `a cancel request wakes the paused job of its run`(_ kind: Backend.Kind) async throws {
        try await kind.run { backend async throws in
            let (state, paused) = try await waitingRun(backend)
            #expect(try await backend.provider.requestCancel(runID: state.runID))
            #expect(try await backend.jobs.dequeue(workerID: "w")?.job.id == paused)
        }
    }
}
