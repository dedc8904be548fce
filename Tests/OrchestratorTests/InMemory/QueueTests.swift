import FoundationEssentials
import JSONModel
import Orchestrator
import StoreContracts
import Testing

@Suite struct QueueTests {
    private let clock = InstantClock()
    private let store: InMemoryStore
    private let graph = WorkflowGraph.chain("a")

    init() async throws {
        store = InMemoryStore(clock: clock)
        try await InMemoryPersistenceProvider(store: store).saveGraph(graph)
    }

    private func queue(_ options: QueueOptions = QueueOptions()) -> InMemoryWorkflowQueue {
        InMemoryWorkflowQueue(store: store, options: options)
    }

    private func request(_ change: (inout EnqueueRequest) -> Void = { _ in }) -> EnqueueRequest {
        var request = EnqueueRequest(runID: UUID(), graphID: graph.id)
        change(&request)
        return request
    }

    @Test func `the lower priority number is claimed first, then the older job`() async throws {
        let queue = queue()
        let late = try await queue.enqueue(request { $0.priority = 5 }).jobID
        let first = try await queue.enqueue(request()).jobID
        let second = try await queue.enqueue(request()).jobID
        let urgent = try await queue.enqueue(request { $0.priority = -1 }).jobID
        let claimed = try await queue.dequeue(workerID: "w", limit: 10)
        #expect(claimed.map(\.job.id) == [urgent, first, second, late])
        let job = try #require(claimed.first)
        #expect(job.claimEpoch == 1)
        #expect(job.job.status == .active)
        #expect(job.job.attempt == 1)
        #expect(job.job.workerID == "w")
        #expect(job.job.visibleAt == clock.now().addingTimeInterval(300))
        #expect(try await queue.dequeue(workerID: "w") == nil)
    }

    @Test func `everything that goes in comes back`() async throws {
        let queue = queue()
        let request = request {
            $0.initialState = ["memory": ["x": [1, nil, "é"]]]
            $0.humanResponse = ["decision": "approved"]
            $0.maxAttempts = 7
            $0.visibilityTimeout = .milliseconds(42_000)
        }
        try await queue.enqueue(request)
        let job = try #require(await queue.getJob(id: request.id))
        #expect(job.initialState == request.initialState)
        #expect(job.humanResponse == request.humanResponse)
        #expect(job.maxAttempts == 7)
        #expect(job.visibilityTimeout == .seconds(42))
        #expect(job.tenantID == .seed)
        #expect(try await queue.getJob(id: UUID()) == nil)
    }

    @Test func `a failed attempt waits for its back-off, and the last one gives the job up`() async throws {
        let queue = queue()
        let id = try await queue.enqueue(request { $0.maxAttempts = 2 }).jobID
        let first = try #require(await queue.dequeue(workerID: "w1"))
        #expect(try await queue.nack(first.handle, error: "one") == .applied)
        #expect(try await queue.dequeue(workerID: "w2") == nil)
        #expect(try await queue.getJob(id: id)?.visibleAt == clock.now().addingTimeInterval(1))
        clock.advance(by: .seconds(1))
        let second = try #require(await queue.dequeue(workerID: "w2"))
        #expect(second.claimEpoch == 2)
        #expect(second.job.attempt == 2)
        #expect(try await queue.nack(second.handle, error: "two") == .deadLettered)
        let dead = try #require(await queue.getJob(id: id))
        #expect(dead.status == .deadLetter)
        #expect(dead.lastError == "two")
        #expect(dead.workerID == nil)
        #expect(dead.attemptHistory.map(\.error) == ["one", "two"])
        #expect(dead.attemptHistory.map(\.claimEpoch) == [1, 2])
        #expect(try await queue.getQueueDepth().deadLetter == 1)
        #expect(try await queue.retryDeadLetter(jobID: id) == .applied)
        #expect(try await queue.dequeue(workerID: "w3")?.job.attempt == 1)
    }

    @Test func `back-off doubles up to its limit`() {
        let backoff = QueueOptions().retryBackoff
        #expect(
            [1, 2, 3, 9, 10, 60].map { backoff.delay(afterAttempt: $0) } == [
                .seconds(1), .seconds(2), .seconds(4), .seconds(256), .seconds(300), .seconds(300),
            ])
    }

    @Test func `only the very claim that holds a job can end it`() async throws {
        let queue = queue(QueueOptions(retryBackoff: RetryBackoff(base: .zero)))
        let id = try await queue.enqueue(request()).jobID
        let old = try #require(await queue.dequeue(workerID: "w"))
        #expect(try await queue.nack(old.handle, error: "x") == .applied)
        let new = try #require(await queue.dequeue(workerID: "w"))
        #expect(try await queue.ack(old.handle) == .notOwned)
        #expect(try await queue.release(old.handle) == .notOwned)
        #expect(try await queue.requeue(old.handle) == .notOwned)
        #expect(try await queue.nack(old.handle, error: "y") == .notOwned)
        #expect(try await queue.heartbeat(old.handle).outcome == .notOwned)
        #expect(try await queue.ack(JobHandle(jobID: id, workerID: "other")) == .notOwned)
        #expect(try await queue.getJob(id: id)?.status == .active)
        #expect(try await queue.ack(new.handle) == .applied)
        #expect(try await queue.ack(new.handle) == .wrongStatus)
        #expect(try await queue.nack(new.handle, error: "late") == .wrongStatus)
        #expect(try await queue.getJob(id: id)?.status == .completed)
        #expect(try await queue.ack(JobHandle(jobID: UUID())) == .notFound)
    }

    @Test func `a heartbeat renews by the job's time or by the given one`() async throws {
        let queue = queue()
        let id = try await queue.enqueue(request { $0.visibilityTimeout = .seconds(10) }).jobID
        let job = try #require(await queue.dequeue(workerID: "w"))
        clock.advance(by: .seconds(8))
        #expect(try await queue.heartbeat(job.handle).outcome == .applied)
        #expect(try await queue.getJob(id: id)?.visibleAt == clock.now().addingTimeInterval(10))
        #expect(try await queue.heartbeat(job.handle, extendBy: .seconds(120)).outcome == .applied)
        #expect(try await queue.getJob(id: id)?.visibleAt == clock.now().addingTimeInterval(120))
        clock.advance(by: .seconds(119))
        #expect(try await queue.reclaimExpired() == ReclaimReport())
    }

    @Test func `expired claims come back, and poison jobs are given up`() async throws {
        let queue = queue()
        let id = try await queue.enqueue(
            request {
                $0.maxAttempts = 2
                $0.visibilityTimeout = .milliseconds(1)
            }
        ).jobID
        _ = try await queue.dequeue(workerID: "w1")
        clock.advance(by: .milliseconds(10))
        #expect(try await queue.reclaimExpired() == ReclaimReport(returned: 1))
        #expect(try await queue.getJob(id: id)?.status == .waiting)
        _ = try await queue.dequeue(workerID: "w2")
        clock.advance(by: .milliseconds(10))
        #expect(try await queue.reclaimExpired() == ReclaimReport(deadLettered: 1))
        #expect(try await queue.dequeue(workerID: "w3") == nil)
        #expect(try await queue.getJob(id: id)?.lastError == "the claim of attempt 2 expired")
    }

    @Test func `a released job is not claimable until its deadline`() async throws {
        let queue = queue()
        let id = try await queue.enqueue(request()).jobID
        let job = try #require(await queue.dequeue(workerID: "w"))
        #expect(try await queue.release(job.handle, deadline: clock.now().addingTimeInterval(60)) == .applied)
        #expect(try await queue.getJob(id: id)?.status == .paused)
        #expect(try await queue.dequeue(workerID: "w") == nil)
        clock.advance(by: .seconds(60))
        #expect(try await queue.reclaimExpired() == ReclaimReport(dueDeadlines: 1))
        #expect(try await queue.dequeue(workerID: "w")?.job.id == id)
    }

    @Test func `handing a job back costs no attempt`() async throws {
        let queue = queue()
        let id = try await queue.enqueue(request()).jobID
        for _ in 0..<10 {
            let job = try #require(await queue.dequeue(workerID: "w"))
            #expect(try await queue.requeue(job.handle) == .applied)
        }
        #expect(try await queue.getJob(id: id)?.attempt == 0)
        #expect(try await queue.getJob(id: id)?.status == .waiting)
    }

    @Test func `enqueueing is idempotent by id, unique by key, and can be delayed`() async throws {
        let queue = queue()
        let one = request()
        #expect(try await queue.enqueue(one).wasInserted)
        #expect(try await queue.enqueue(one) == EnqueueResult(jobID: one.id, wasInserted: false))
        let keyed = request { $0.jobKey = "nightly" }
        #expect(try await queue.enqueue(keyed).wasInserted)
        let again = try await queue.enqueue(request { $0.jobKey = "nightly" })
        #expect(again == EnqueueResult(jobID: keyed.id, wasInserted: false))
        for job in try await queue.dequeue(workerID: "w", limit: 9) { try await queue.ack(job.handle) }
        #expect(try await queue.enqueue(request { $0.jobKey = "nightly" }).wasInserted)
        _ = try await queue.dequeue(workerID: "w", limit: 9)
        let later = try await queue.enqueue(request { $0.delay = .seconds(5) }).jobID
        #expect(try await queue.dequeue(workerID: "w") == nil)
        clock.advance(by: .seconds(5))
        #expect(try await queue.dequeue(workerID: "w")?.job.id == later)
    }

    @Test func `a run has one active job at a time, unless that is switched off`() async throws {
        let run = UUID()
        let strict = queue()
        let loose = queue(QueueOptions(oneActiveJobPerRun: false))
        for _ in 0..<2 { try await strict.enqueue(request { $0.runID = run }) }
        let first = try #require(await strict.dequeue(workerID: "w"))
        #expect(try await strict.dequeue(workerID: "w") == nil)
        #expect(try await loose.dequeue(workerID: "w")?.claimEpoch == 2)
        #expect(try await strict.ack(first.handle) == .applied)
    }

    @Test func `bad requests are refused as a whole`() async throws {
        let queue = queue()
        let requests = [request(), request { $0.maxAttempts = 0 }]
        await #expect(throws: StoreError.self) { _ = try await queue.enqueue(requests) }
        #expect(try await queue.getQueueDepth() == QueueDepth())
        let foreign = request { $0.initialState = ["run_id": .string(UUID().text)] }
        await #expect(throws: StoreError.self) { _ = try await queue.enqueue([foreign]) }
        let tenant = TenantID(UUID())
        await #expect(throws: StoreError(.tenantConflict(table: "graphs", id: graph.id.text))) {
            _ = try await queue.enqueue([self.request { $0.tenantID = tenant }])
        }
    }

    @Test func `many claimants never share a job`() async throws {
        let queue = queue()
        _ = try await queue.enqueue((0..<200).map { _ in request() })
        let claimed = try await withThrowingTaskGroup(of: [UUID].self) { group in
            for worker in 0..<8 {
                group.addTask {
                    var mine: [UUID] = []
                    while let job = try await queue.dequeue(workerID: "w\(worker)") {
                        mine.append(job.job.id)
                    }
                    return mine
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(claimed.count == 200)
        #expect(Set(claimed).count == 200)
    }

    @Test func `waiters are woken when a job may be claimable`() async throws {
        let queue = queue()
        let hints = try #require(queue.wakeUps())
        try await queue.enqueue(request())
        var iterator = hints.makeAsyncIterator()
        #expect(await iterator.next() != nil)
    }
}
