#if CLI
import FoundationEssentials
import JSONModel
import Orchestrator
import OrchestratorPostgres
import PostgresWire
import StoreContracts

/// The adapters on one pool, and the calls that are measured.
struct AdapterCalls: Sendable {
    /// How the first number of sequences begins where calls are recorded.
    static let marker = 1_987_600_000

    let client: PostgresClient
    /// What is added to the number of a call.
    var first = 0
    private let events: PostgresEventLogWriter
    private let queue: PostgresWorkflowQueue
    private let persistence: PostgresPersistenceProvider
    private let agents: PostgresAgentRegistry
    private let usage: PostgresUsageRecorder
    private let runs: PostgresRunStore
    private let payload: JSONValue = [
        "type": "update_memory",
        "payload": ["note": "a finding, about as long as one usually is", "tokens": 812],
    ]
    private let state: WorkflowState

    init(_ client: PostgresClient) throws {
        self.client = client
        events = try PostgresEventLogWriter(client)
        queue = PostgresWorkflowQueue(client)
        persistence = PostgresPersistenceProvider(client)
        agents = PostgresAgentRegistry(client)
        usage = PostgresUsageRecorder(client)
        runs = PostgresRunStore(client)
        var state = WorkflowState(workflowID: AdapterWorld.graphID, goal: "answer the question")
        state.status = .running
        state.currentNode = "start"
        // With the rest of the state about 4 KB.
        state.memory = ["notes": .array((0..<32).map { .string("finding \($0): " + Self.sentence) })]
        self.state = state
    }

    private static let sentence = "what was read, in a sentence of the usual length, with its source"

    /// Looks whether the role may use the queue, once.
    func verify() async throws { try await queue.verifyRole() }

    func append(_ client: Int, _ index: Int, count: Int = 1) async throws {
        try await events.append(newEvents(AdapterWorld.runID(client), index, count: count))
    }

    func snapshot(_ client: Int) async throws {
        _ = try await persistence.saveWorkflowSnapshot(state(of: client))
    }

    func enqueue(_ count: Int) async throws {
        let ids = TimeOrderedIDs()
        _ = try await queue.enqueue(
            (0..<count).map { _ in
                EnqueueRequest(
                    id: recorded(ids.next(), prefix: 0xAA), runID: recorded(ids.next(), prefix: 0xBB),
                    graphID: AdapterWorld.graphID)
            })
    }

    func claimAndAcknowledge(_ client: Int, count: Int) async throws {
        let jobs = try await queue.dequeue(workerID: "bench-worker-\(client)", limit: count)
        guard jobs.count == count else {
            throw CommandFailure(
                .checkFailed, "A claim of \(count) jobs got \(jobs.count)",
                remedy: "Look whether something else works in this database")
        }
        _ = try await queue.ack(jobs.map(\.handle))
    }

    func loadAgent(_ id: UUID) async throws { _ = try await agents.loadAgent(id: id) }

    func recordUsage(_ client: Int) async throws {
        try await usage.record([
            UsageRecord(
                id: recorded(UUID(), prefix: 0xAA), runID: AdapterWorld.runID(client),
                graphID: AdapterWorld.graphID, inputTokens: 812, outputTokens: 64,
                cost: USDAmount(microdollars: 3_140), duration: .milliseconds(1_250))
        ])
    }

    func commitStep(_ client: Int, _ index: Int) async throws {
        let id = AdapterWorld.runID(client)
        var state = state(of: client)
        let events = newEvents(id, index, count: 5)
        state.lastEventSequenceID = events.last?.sequenceID
        _ = try await runs.commit(RunCommit(runID: id, claim: nil, events: events, state: state))
    }

    private func state(of client: Int) -> WorkflowState {
        var state = state
        state.runID = AdapterWorld.runID(client)
        return state
    }

    private func newEvents(_ run: UUID, _ index: Int, count: Int) -> [NewWorkflowEvent] {
        let ids = TimeOrderedIDs()
        return (0..<count).map { place in
            NewWorkflowEvent(
                id: recorded(ids.next(), prefix: 0xAA), runID: run, sequenceID: first + index * count + place,
                eventType: .actionDispatched, nodeID: "start", action: payload)
        }
    }

    /// The id, marked where calls are recorded so that it can be found in what was sent.
    private func recorded(_ id: UUID, prefix: UInt8) -> UUID {
        guard first > 0 else { return id }
        var bytes = id.uuid
        (bytes.0, bytes.1, bytes.2, bytes.3) = (prefix, prefix, prefix, prefix)
        return UUID(uuid: bytes)
    }
}
#endif
