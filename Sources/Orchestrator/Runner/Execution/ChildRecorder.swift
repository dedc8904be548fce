import FoundationEssentials
import JSONModel
import StoreContracts

/// Makes the finished items of a map durable, one commit at a time.
///
/// Items that finish while a commit is under way share the next one. Sequences are given in the order of commits, so
/// the log never has a hole.
actor ChildRecorder {
    private struct Entry {
        let action: WorkflowAction
        let index: Int
        let continuation: CheckedContinuation<Void, any Error>
    }

    /// The items of the step that are durable.
    private(set) var recorded: [Int: WorkflowAction]
    private let mapID: String
    private let iteration: Int
    private let runID: UUID
    private let claim: RunClaim?
    private let ids: any IDSource
    private let commit: @Sendable (RunCommit) async throws -> Void
    /// The sequence of the next event.
    private(set) var nextSequence: Int
    private var queue: [Entry] = []
    private var committing: Task<Void, Never>?
    private var isClosed = false

    init(
        node: GraphNode, state: WorkflowState, recorded: [Int: WorkflowAction], nextSequence: Int,
        claim: RunClaim?, ids: any IDSource, commit: @escaping @Sendable (RunCommit) async throws -> Void
    ) {
        self.recorded = recorded
        mapID = node.id
        iteration = state.iterationCount
        runID = state.runID
        self.claim = claim
        self.ids = ids
        self.commit = commit
        self.nextSequence = nextSequence
    }

    /// Returns when the item is durable.
    ///
    /// - Throws: `InfrastructureFailure` if it cannot be made so; `CancellationError` if the step is over.
    func record(_ action: WorkflowAction, index: Int) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            guard !isClosed else { return continuation.resume(throwing: CancellationError()) }
            queue.append(Entry(action: action, index: index, continuation: continuation))
            if committing == nil { committing = Task { await self.commitAll() } }
        }
    }

    /// Takes no more items and returns the next free sequence, after the commit that is under way.
    func close() async -> Int {
        isClosed = true
        await committing?.value
        return nextSequence
    }

    private func commitAll() async {
        while !queue.isEmpty {
            let batch = queue
            queue = []
            do {
                let events = batch.enumerated().map { offset, entry in
                    event(entry, sequence: nextSequence + offset)
                }
                try await commit(RunCommit(runID: runID, claim: claim, events: events, state: nil))
                nextSequence += batch.count
                for entry in batch {
                    recorded[entry.index] = entry.action
                    entry.continuation.resume()
                }
            } catch {
                isClosed = true
                for entry in batch + queue {
                    entry.continuation.resume(throwing: InfrastructureFailure(underlying: error))
                }
                queue = []
            }
        }
        committing = nil
    }

    private func event(_ entry: Entry, sequence: Int) -> NewWorkflowEvent {
        NewWorkflowEvent(
            id: ids.next(), runID: runID, sequenceID: sequence, eventType: .childActionDispatched,
            nodeID: "\(mapID)/\(entry.index)", action: entry.action.json,
            internalPayload: [
                "map_node_id": .string(mapID), "map_iteration": .number(iteration),
                "map_index": .number(entry.index),
            ])
    }

    /// The items of a step that a log records.
    static func recorded(
        in events: [WorkflowEvent], mapID: String, iteration: Int
    ) -> [Int: WorkflowAction] {
        var found: [Int: WorkflowAction] = [:]
        for event in events where event.eventType == .childActionDispatched {
            guard let payload = event.internalPayload, payload["map_node_id"]?.stringValue == mapID,
                payload["map_iteration"]?.intValue == iteration, let index = payload["map_index"]?.intValue,
                let json = event.action, let action = try? WorkflowAction(json: json)
            else { continue }
            found[index] = action
        }
        return found
    }
}
