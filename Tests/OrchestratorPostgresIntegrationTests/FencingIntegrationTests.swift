import Foundation
import Orchestrator
import StoreContracts
import Testing

@Suite struct FencingIntegrationTests {
    @Test(arguments: Backend.Kind.allCases)
    func `a stale claim writes nothing anywhere`(_ kind: Backend.Kind) async throws {
        try await kind.run { backend async throws in
            let request = try await backend.enqueue { $0.visibilityTimeout = .milliseconds(1) }
            let first = try #require(await backend.jobs.dequeue(workerID: "one"))
            var state = WorkflowState(workflowID: request.graphID, runID: request.runID)
            state.status = .running
            let provider = backend.persistence(.seed, first.claim)
            let log = try backend.events(.seed, first.claim, 3)
            #expect(try await provider.saveWorkflowSnapshot(state) == 1)
            try await log.append((0..<3).map { Sample.event(request.runID, $0) })
            try await log.checkpoint(runID: request.runID, sequenceID: 2, state: state)

            try await Task.sleep(for: .milliseconds(20))
            #expect(try await backend.jobs.reclaimExpired().returned == 1)
            let second = try #require(await backend.jobs.dequeue(workerID: "two"))
            #expect(second.claimEpoch == 2)
            let stale = StoreErrorCode.staleClaim(runID: request.runID, staleEpoch: 1, currentEpoch: 2)
            let run = request.runID
            let fixed = state
            #expect(await code { _ = try await provider.saveWorkflowSnapshot(fixed) } == stale)
            #expect(await code { _ = try await provider.saveWorkflowState(fixed) } == stale)
            #expect(await code { try await provider.saveWorkflowRun(fixed) } == stale)
            #expect(
                await code { _ = try await provider.updateRunStatus(runID: run, status: .failed) } == stale)
            #expect(
                await code { try await provider.saveRunLineage(runID: run, lineage: RunLineage()) } == stale)
            #expect(await code { try await log.append(Sample.event(run, 3)) } == stale)
            #expect(await code { try await log.append(Sample.event(run, 0)) } == stale)
            #expect(
                await code { try await log.checkpoint(runID: run, sequenceID: 9, state: fixed) } == stale)
            #expect(await code { _ = try await log.compact(runID: run, through: 2) } == stale)
            #expect(
                await code {
                    _ = try await log.checkpointAndCompact(runID: run, sequenceID: 2, state: fixed)
                } == stale)
            let commit = Sample.commit(state, from: 3, claim: first.claim, disposition: .ack(first.handle))
            #expect(await code { _ = try await backend.store.commit(commit) } == stale)
            var marked = state
            marked.lastEventSequenceID = 2
            let last = marked
            #expect(
                await code {
                    _ = try await backend.store.compact(state: last, claim: first.claim, retainCheckpoints: 1)
                } == stale)

            #expect(try await backend.log().loadEvents(runID: run).map(\.sequenceID) == [0, 1, 2])
            #expect(try await backend.provider.loadWorkflowStateHistory(runID: run).count == 1)
            #expect(try await backend.provider.loadWorkflowRun(id: run)?.status == .running)
            #expect(try await backend.log().loadCheckpoint(runID: run)?.sequenceID == 2)
            #expect(try await backend.jobs.getJob(id: request.id)?.status == .active)
        }
    }

    @Test(arguments: Backend.Kind.allCases)
    func `a claim is no leave to write about other runs`(_ kind: Backend.Kind) async throws {
        try await kind.run { backend async throws in
            let state = try await backend.run(status: .running)
            _ = try await backend.enqueue()
            let claim = try #require(await backend.jobs.dequeue(workerID: "one")).claim
            let provider = backend.persistence(.seed, claim)
            let log = try backend.events(.seed, claim, 3)
            #expect(await code { _ = try await provider.saveWorkflowState(state) } == .notPermitted)
            #expect(await code { try await log.append(Sample.event(state.runID, 0)) } == .notPermitted)
            let commit = Sample.commit(state, from: 0, claim: claim)
            #expect(await code { _ = try await backend.store.commit(commit) } == .notPermitted)
        }
    }

    @Test(arguments: Backend.Kind.allCases)
    func `a fenced write about a run without a row fails closed`(_ kind: Backend.Kind) async throws {
        try await kind.run { backend async throws in
            let graph = Sample.graph()
            try await backend.provider.saveGraph(graph)
            let state = WorkflowState(workflowID: graph.id)
            let claim = RunClaim(runID: state.runID, epoch: 1)
            let provider = backend.persistence(.seed, claim)
            #expect(
                await code { _ = try await provider.saveWorkflowSnapshot(state) }
                    == .missingRunRecord(runID: state.runID, table: "workflow_runs"))
            let log = try backend.events(.seed, claim, 3)
            #expect(
                await code { try await log.append(Sample.event(state.runID, 0)) }
                    == .missingRunRecord(runID: state.runID, table: "workflow_events"))
        }
    }
}
