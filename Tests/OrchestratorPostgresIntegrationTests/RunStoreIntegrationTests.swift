import Foundation
import JSONModel
import Orchestrator
import OrchestratorPostgres
import PostgresWire
import StoreContracts
import TestSupport
import Testing

@Suite struct RunStoreIntegrationTests {
    @Test(arguments: Backend.Kind.allCases)
    func `a commit makes events, snapshot, status and job durable together`(_ kind: Backend.Kind)
        async throws
    {
        try await kind.run { backend async throws in
            let request = try await backend.enqueue()
            let claimed = try #require(await backend.jobs.dequeue(workerID: "one"))
            var state = WorkflowState(workflowID: request.graphID, runID: request.runID)
            state.status = .running
            let first = try await backend.store.commit(Sample.commit(state, from: 0, claim: claimed.claim))
            #expect(first == CommitReceipt(stateVersion: 1))
            state.status = .completed
            let last = Sample.commit(
                state, from: 2, claim: claimed.claim, disposition: .ack(claimed.handle))
            #expect(try await backend.store.commit(last) == CommitReceipt(stateVersion: 2))
            #expect(try await backend.log().loadEvents(runID: state.runID).map(\.sequenceID) == [0, 1, 2, 3])
            let run = try #require(await backend.provider.loadWorkflowRun(id: state.runID))
            #expect(run.status == .completed)
            #expect(run.completedAt != nil)
            let job = try #require(await backend.jobs.getJob(id: request.id))
            #expect(job.status == .completed)
            #expect(job.workerID == nil)
            #expect(job.attemptHistory.count == 1)
            #expect(job.attemptHistory.first?.endedAt != nil)
        }
    }

    @Test(arguments: Backend.Kind.allCases)
    func `the same commit again is recognised, whatever it did to the job`(_ kind: Backend.Kind)
        async throws
    {
        try await kind.run { backend async throws in
            let request = try await backend.enqueue()
            let claimed = try #require(await backend.jobs.dequeue(workerID: "one"))
            var state = WorkflowState(workflowID: request.graphID, runID: request.runID)
            state.status = .completed
            let commit = Sample.commit(
                state, from: 0, claim: claimed.claim, disposition: .ack(claimed.handle))
            #expect(try await backend.store.commit(commit) == CommitReceipt(stateVersion: 1))
            let again = try await backend.store.commit(commit)
            #expect(again == CommitReceipt(stateVersion: 1, wasReplayed: true))
            #expect(try await backend.log().loadEvents(runID: state.runID).count == 2)
            #expect(try await backend.provider.loadWorkflowStateHistory(runID: state.runID).count == 1)
            let other = Sample.commit(state, from: 0, claim: claimed.claim)
            #expect(
                await code { _ = try await backend.store.commit(other) }
                    == .eventSequenceConflict(runID: state.runID, sequenceID: 0))
        }
    }

    @Test(arguments: Backend.Kind.allCases)
    func `events that were appended alone are completed by the commit`(_ kind: Backend.Kind) async throws {
        try await kind.run { backend async throws in
            var state = try await backend.run()
            state.status = .running
            let commit = Sample.commit(state, from: 0, count: 3)
            try await backend.log().append([commit.events[0], commit.events[2]])
            #expect(try await backend.store.commit(commit) == CommitReceipt(stateVersion: 1))
            #expect(try await backend.log().loadEvents(runID: state.runID).map(\.appended) == commit.events)
        }
    }

    @Test(arguments: Backend.Kind.allCases)
    func `a commit that is refused leaves nothing`(_ kind: Backend.Kind) async throws {
        try await kind.run { backend async throws in
            let request = try await backend.enqueue()
            let claimed = try #require(await backend.jobs.dequeue(workerID: "one"))
            var state = WorkflowState(workflowID: request.graphID, runID: request.runID)
            state.status = .running
            let fixed = state
            var handle = claimed.handle
            handle.attempt = 7
            let stolen = Sample.commit(state, from: 0, claim: claimed.claim, disposition: .ack(handle))
            #expect(
                await code { _ = try await backend.store.commit(stolen) } == .jobNotHeld(jobID: request.id))
            #expect(try await backend.log().loadEvents(runID: state.runID).isEmpty)
            #expect(try await backend.provider.loadWorkflowRun(id: state.runID)?.status == .pending)

            state.status = .completed
            _ = try await backend.store.commit(Sample.commit(state, from: 0, claim: claimed.claim))
            let late = Sample.commit(fixed, from: 2, claim: claimed.claim, disposition: .ack(claimed.handle))
            #expect(
                await code { _ = try await backend.store.commit(late) }
                    == .invalidTransition(from: "completed", to: "running"))
            #expect(try await backend.log().loadEvents(runID: state.runID).count == 2)
            #expect(try await backend.jobs.getJob(id: request.id)?.status == .active)
        }
    }

    @Test(arguments: Backend.Kind.allCases)
    func `a commit can create the run of a stored graph`(_ kind: Backend.Kind) async throws {
        try await kind.run { backend async throws in
            let graph = Sample.graph()
            var state = WorkflowState(workflowID: graph.id, goal: "fresh")
            state.status = .running
            let fixed = state
            let commit = Sample.commit(state, from: 0, createsRun: true)
            #expect(
                await code { _ = try await backend.store.commit(commit) } == .missingGraph(graphID: graph.id))
            try await backend.provider.saveGraph(graph)
            #expect(
                await code { _ = try await backend.store.commit(Sample.commit(fixed, from: 0)) }
                    == .missingRunRecord(runID: state.runID, table: "workflow_runs"))
            #expect(try await backend.store.commit(commit) == CommitReceipt(stateVersion: 1))
            #expect(try await backend.provider.loadWorkflowRun(id: state.runID)?.status == .running)
            #expect(try await backend.store.commit(commit).wasReplayed)
        }
    }

    @Test(arguments: Backend.Kind.allCases)
    func `a cancel request is told with the next commit`(_ kind: Backend.Kind) async throws {
        try await kind.run { backend async throws in
            let state = try await backend.run(status: .running)
            #expect(try await !backend.store.commit(Sample.commit(state, from: 0)).cancelRequested)
            _ = try await backend.provider.requestCancel(runID: state.runID)
            #expect(try await backend.store.commit(Sample.commit(state, from: 2)).cancelRequested)
        }
    }

    @Test(arguments: Backend.Kind.allCases)
    func `the position has everything to go on with`(_ kind: Backend.Kind) async throws {
        try await kind.run { backend async throws in
            let empty = try await backend.store.loadPosition(runID: UUID())
            #expect(empty.run == nil)
            #expect(empty.snapshot == nil)
            #expect(empty.latestKnownSequence == -1)
            #expect(empty.events.isEmpty)
            #expect(abs(empty.now.timeIntervalSinceNow) < 60)

            var state = try await backend.run(status: .running)
            let run = state.runID
            let types: [WorkflowEventType] = [
                .workflowStarted, .nodeStarted, .actionDispatched, .internalDispatched, .nodeStarted,
            ]
            state.lastEventSequenceID = 4
            let events = types.enumerated().map { Sample.event(run, $0.offset, $0.element) }
            _ = try await backend.store.commit(
                RunCommit(runID: run, claim: nil, events: events, state: state))
            try await backend.log().append([Sample.event(run, 5)])
            let position = try await backend.store.loadPosition(runID: run)
            #expect(position.run?.id == run)
            #expect(position.snapshot == state)
            #expect(position.checkpoint == nil)
            #expect(position.latestKnownSequence == 5)
            #expect(position.events.map(\.sequenceID) == [2, 3, 4, 5])
            #expect(position.started?.sequenceID == 0)

            #expect(try await backend.store.compact(state: state, claim: nil, retainCheckpoints: 1) == 5)
            let compacted = try await backend.store.loadPosition(runID: run)
            #expect(compacted.checkpoint?.sequenceID == 4)
            #expect(compacted.events.map(\.sequenceID) == [5])
            #expect(compacted.started == nil)
        }
    }

    @Test func `what a handler wrote becomes durable with its step, or not at all`() async throws {
        try await Backend.Kind.postgres.run { backend async throws in
            let client = try #require(backend.database?.client)
            try await client.execute("CREATE TABLE effects (step integer)")
            let state = try await backend.run(status: .running)
            let commit = Sample.commit(state, from: 0)
            let step: @Sendable (any StepTransaction) async throws -> CommitReceipt = { transaction in
                let connection = try #require((transaction as? PostgresStepTransaction)?.connection)
                await #expect(throws: CancellationError.self) {
                    try await transaction.attempt {
                        try await connection.execute("INSERT INTO effects VALUES (1)")
                        throw CancellationError()
                    }
                }
                try await transaction.attempt {
                    _ = try await connection.execute("INSERT INTO effects VALUES (2)")
                }
                return try await transaction.commit(commit)
            }
            let store = backend.store
            let first = try await store.withStepTransaction(runID: state.runID, claim: nil, step)
            #expect(first == CommitReceipt(stateVersion: 1))
            let second = try await store.withStepTransaction(runID: state.runID, claim: nil, step)
            #expect(second.wasReplayed)
            let stale = RunClaim(runID: state.runID, epoch: 9)
            await #expect(throws: StoreError.self) {
                try await store.withStepTransaction(runID: state.runID, claim: stale) { transaction in
                    let connection = try #require((transaction as? PostgresStepTransaction)?.connection)
                    try await connection.execute("INSERT INTO effects VALUES (3)")
                    return try await transaction.commit(Sample.commit(state, from: 2, claim: stale))
                }
            }
            #expect(try await client.collect("SELECT step FROM effects", as: Int.self) == [2])
            #expect(try await backend.log().loadEvents(runID: state.runID).count == 2)
        }
    }

    @Test func `U+0000 is stored as U+FFFD and the step survives`() async throws {
        try await Backend.Kind.postgres.run { backend async throws in
            var state = try await backend.run(status: .running)
            state.memory = ["answer": "a\0b", "rest": "kept"]
            var commit = Sample.commit(state, from: 0)
            commit.events[0].internalPayload = ["a\0": "b\0"]
            #expect(try await backend.store.commit(commit).stateVersion == 1)
            #expect(try await backend.store.commit(commit).wasReplayed)
            let loaded = try await backend.provider.loadLatestWorkflowState(runID: state.runID)
            #expect(loaded?.memory == ["answer": "a\u{FFFD}b", "rest": "kept"])
        }
    }
}
