import FoundationEssentials
import JSONModel
import Locking
import Orchestrator
import StoreContracts

extension RunnerWorld {
    var queue: InMemoryWorkflowQueue { InMemoryWorkflowQueue(store: store) }

    /// A worker on this world's store and handlers, whose own clock stands still unless a test moves it.
    func worker(
        _ id: String, clock: (any StoreClock)? = nil, _ change: (inout WorkerOptions) -> Void = { _ in }
    ) -> WorkflowWorker {
        var options = WorkerOptions(workerID: id)
        options.runner = self.options
        options.runner.clock = clock ?? ManualClock(start: self.clock.now())
        change(&options)
        return WorkflowWorker(
            backend: InMemoryBackend(store: store), handlers: handlers, options: options)
    }

    /// Enqueues the run.
    @discardableResult
    func enqueue(_ change: (inout EnqueueRequest) -> Void = { _ in }) async throws -> UUID {
        var request = EnqueueRequest(runID: runID, graphID: graph.id)
        change(&request)
        return try await queue.enqueue(request).jobID
    }
}

extension WorkflowWorker {
    /// Works until an event passes the test, then stops; returns the names of all events.
    func events(
        until isLast: @escaping @Sendable (WorkerEvent) -> Bool
    ) async -> [String] {
        let stream = events
        start()
        var names: [String] = []
        for await event in stream {
            names.append(event.name)
            if isLast(event) { Task { await self.stop() } }
        }
        return names
    }

    /// Works until a job has ended in any way, then stops.
    func workOnce() async -> [String] {
        await events { event in
            let ends = [
                "job:completed", "job:failed", "job:released", "job:dead_letter", "job:claim_lost",
                "job:requeued",
            ]
            return ends.contains(event.name)
        }
    }
}
