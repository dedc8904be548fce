import FoundationEssentials
import JSONModel
import Orchestrator
import StoreContracts
import Testing

@Suite(.timeLimit(.minutes(1))) struct StoreContractsTests {
    @Test func `ids are written in lower case and read in either, whatever their version`() throws {
        let text = "00000000-0000-0000-0000-00000000ABCD"
        #expect(UUID(text: text)?.text == "00000000-0000-0000-0000-00000000abcd")
        #expect(TenantID.seed.text == "00000000-0000-0000-0000-000000000001")
        #expect(TenantID(text: "00000000-0000-0000-0000-000000000001") == .seed)
        #expect(UUID(text: "{00000000-0000-0000-0000-000000000001}") == nil)
        #expect(UUID(text: "00000000000000000000000000000001") == nil)
        #expect(UUID(text: "0000000g-0000-0000-0000-000000000001") == nil)
    }

    @Test func `fresh ids have version 7 and grow with time`() {
        let ids = TimeOrderedIDs()
        let first = ids.next()
        let texts = (0..<100).map { _ in ids.next().text }
        #expect(texts.allSatisfy { $0.dropFirst(14).first == "7" })
        #expect(texts.allSatisfy { "89ab".contains($0.dropFirst(19).first ?? "?") })
        #expect(Set(texts).count == 100)
        #expect(texts.allSatisfy { $0.prefix(8) >= first.text.prefix(8) })
    }

    @Test func `pages refuse negative numbers and admit none at all`() throws {
        #expect(throws: StoreError(.invalidArgument(name: "limit"), cause: "it is negative")) {
            _ = try Page(limit: -1)
        }
        #expect(throws: StoreError.self) { _ = try Page(offset: -1) }
        #expect(try Page(limit: 0).limit == 0)
        #expect(Page.first.limit == 100)
    }

    @Test func `an error says its code, what happened, and what to do`() throws {
        let run = try #require(UUID(text: "00000000-0000-0000-0000-00000000000a"))
        let error = StoreError(.staleClaim(runID: run, staleEpoch: 1, currentEpoch: 2), effect: .rolledBack)
        #expect(
            error.description
                == "StoreError(staleClaim, effect rolledBack): Run 00000000-0000-0000-0000-00000000000a was "
                + "claimed again: this claim has epoch 1, the run has 2. Stop this runner without writing; "
                + "the run goes on where it was claimed.")
        #expect(error.meansClaimLost)
        #expect(!error.isTransient)
        #expect(StoreError(.contention).isTransient)
        #expect(StoreError(.jobNotHeld(jobID: run)).meansClaimLost)
    }

    @Test func `a response comes back from its wire form, and a bad one is refused`() throws {
        let response = HumanResponse(
            .edited, data: ["a": nil], memoryUpdates: ["k": 1], approvalID: "x", responseKey: "y")
        #expect(try HumanResponse(json: response.json) == response)
        #expect(throws: StoreError.self) { _ = try HumanResponse(json: ["decision": "maybe"]) }
        #expect(throws: StoreError.self) { _ = try HumanResponse(json: "approved") }
    }

    @Test func `a manual clock wakes sleepers in order, and lets cancelled ones go`() async throws {
        let clock = ManualClock()
        let start = clock.now()
        let late = Task { try await clock.sleep(for: .seconds(2)) }
        let early = Task { try await clock.sleep(for: .seconds(1)) }
        await clock.waitForSleepers(2)
        clock.advance(by: .seconds(1))
        try await early.value
        #expect(clock.sleeperCount == 1)
        late.cancel()
        await #expect(throws: CancellationError.self) { try await late.value }
        #expect(clock.sleeperCount == 0)
        try await clock.sleep(for: .zero)
        #expect(clock.now().timeIntervalSince(start) == 1)
    }

    @Test func `a commit must be whole: contiguous events and the mark of the last one`() async throws {
        let graph = WorkflowGraph.chain("a")
        let store = InMemoryStore(clock: InstantClock())
        try await InMemoryPersistenceProvider(store: store).saveGraph(graph)
        let runs = InMemoryRunStore(store: store)
        var state = WorkflowState(workflowID: graph.id)
        let run = state.runID
        func event(_ sequence: Int) -> NewWorkflowEvent {
            NewWorkflowEvent(id: UUID(), runID: run, sequenceID: sequence, eventType: .nodeStarted)
        }
        state.lastEventSequenceID = 1
        let bad = [
            RunCommit(runID: run, claim: nil, events: [], state: nil),
            RunCommit(runID: run, claim: nil, events: [event(0), event(2)], state: nil),
            RunCommit(runID: run, claim: nil, events: [event(0)], state: state, createsRun: true),
        ]
        for commit in bad {
            await #expect(throws: StoreError.self) { _ = try await runs.commit(commit) }
        }
        let good = RunCommit(
            runID: run, claim: nil, events: [event(0), event(1)], state: state, createsRun: true)
        #expect(try await runs.commit(good) == CommitReceipt(stateVersion: 1))
        #expect(try await runs.commit(good) == CommitReceipt(stateVersion: 1, wasReplayed: true))
        let other = RunCommit(runID: run, claim: nil, events: [event(1)], state: nil)
        await #expect(throws: StoreError(.eventSequenceConflict(runID: run, sequenceID: 1))) {
            _ = try await runs.commit(other)
        }
    }

    @Test func `a commit that settles a job fails as a whole when the job is not held`() async throws {
        let world = try await RunnerWorld(.chain("a"))
        try await world.enqueue { $0.visibilityTimeout = .seconds(1) }
        let claimed = try #require(await world.queue.dequeue(workerID: "w"))
        world.on("a") { _ in
            world.clock.advance(by: .seconds(2))
            _ = try await world.queue.reclaimExpired()
            return .updates(["late": true])
        }
        let report = try await world.runner {
            $0.claim = claimed.claim
            $0.job = claimed.handle
        }.runOutcome()
        guard case .abandoned = report.outcome else {
            Issue.record("\(report.outcome)")
            return
        }
        #expect(try await world.log() == "_init WS NS@a")
        #expect(try await world.queue.getJob(id: claimed.job.id)?.status == .waiting)
        world.on("a") { _ in .updates([:]) }
        #expect(await world.worker("next").workOnce().contains("job:completed"))
    }
}
