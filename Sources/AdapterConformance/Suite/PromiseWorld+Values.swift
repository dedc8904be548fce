import FoundationEssentials
import JSONModel
import Orchestrator
import StoreContracts

extension PromiseWorld {
    /// A fresh id.
    func id() -> UUID { TimeOrderedIDs().next() }

    /// A graph with keys that no version knows.
    func graph(name: String = "research") -> WorkflowGraph {
        var graph = WorkflowGraph(
            id: UUID(), name: name, summary: "answers questions",
            nodes: [GraphNode(id: "start", type: .agent)], edges: [], startNode: "start", endNodes: ["start"])
        graph.additionalFields = ["x_future": ["deep": [1, 2.5, nil]]]
        return graph
    }

    /// Stores a graph.
    func storedGraph(_ tenant: TenantID = .seed, name: String = "research") async throws -> WorkflowGraph {
        let graph = graph(name: name)
        try await persistence(tenant).saveGraph(graph)
        return graph
    }

    /// Stores a graph and a run of it.
    func run(_ status: WorkflowStatus = .running, tenant: TenantID = .seed) async throws -> WorkflowState {
        var state = WorkflowState(workflowID: try await storedGraph(tenant).id, goal: "answer")
        state.status = status
        try await persistence(tenant).saveWorkflowRun(state)
        return state
    }

    /// Stores a graph and enqueues a job of a run that has no row yet.
    func enqueue(
        tenant: TenantID = .seed, _ change: (inout EnqueueRequest) -> Void = { _ in }
    ) async throws -> EnqueueRequest {
        var request = EnqueueRequest(
            runID: id(), graphID: try await storedGraph(tenant).id, tenantID: tenant)
        change(&request)
        _ = try await queue().enqueue(request)
        return request
    }

    /// Enqueues a job and claims it.
    func claimed(
        worker: String = "one", _ change: (inout EnqueueRequest) -> Void = { _ in }
    ) async throws -> ClaimedJob {
        let request = try await enqueue(change)
        let job = try present(await queue().dequeue(workerID: worker), "the job that was just enqueued")
        try equal(job.job.id, request.id, "the claimed job")
        return job
    }

    /// The state of a claimed job's run.
    func state(of job: ClaimedJob, _ status: WorkflowStatus = .running) -> WorkflowState {
        var state = WorkflowState(workflowID: job.job.graphID, runID: job.job.runID, goal: "answer")
        state.status = status
        return state
    }

    /// An event that records the start of a node.
    func event(
        _ run: UUID, _ sequence: Int, _ type: WorkflowEventType = .nodeStarted
    ) -> NewWorkflowEvent {
        NewWorkflowEvent(id: id(), runID: run, sequenceID: sequence, eventType: type, nodeID: "start")
    }

    /// Events with the sequences of a range.
    func events(_ run: UUID, _ sequences: Range<Int>) -> [NewWorkflowEvent] {
        sequences.map { event(run, $0) }
    }

    /// An event with a payload.
    func dispatch(_ run: UUID, _ sequence: Int, _ payload: JSONValue) -> NewWorkflowEvent {
        NewWorkflowEvent(
            id: id(), runID: run, sequenceID: sequence, eventType: .internalDispatched,
            internalType: "_advance", internalPayload: payload)
    }

    /// A commit of some events and the state after them.
    func commit(
        _ state: WorkflowState, from first: Int, count: Int = 2, claim: RunClaim? = nil,
        disposition: JobDisposition = .none, createsRun: Bool = false
    ) -> RunCommit {
        var state = state
        state.lastEventSequenceID = first + count - 1
        return RunCommit(
            runID: state.runID, claim: claim, events: events(state.runID, first..<first + count),
            state: state, disposition: disposition, createsRun: createsRun)
    }

    /// Runs `count` calls at once; returns what they returned, in any order.
    func atOnce<Value: Sendable>(
        _ count: Int, _ body: @escaping @Sendable (Int) async throws -> Value
    ) async throws -> [Value] {
        try await withThrowingTaskGroup(of: Value.self) { group in
            for index in 0..<count { group.addTask { try await body(index) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }
}
