import FoundationEssentials
public import StoreContracts

extension WorkflowQueue {
    /// Adds one job.
    @discardableResult
    public func enqueue(_ request: EnqueueRequest) async throws(StoreError) -> EnqueueResult {
        try await enqueue([request])[0]
    }

    /// Claims one job; nil if nothing is claimable.
    public func dequeue(workerID: String) async throws(StoreError) -> ClaimedJob? {
        try await dequeue(workerID: workerID, limit: 1).first
    }

    /// Renews one claim.
    @discardableResult
    public func heartbeat(
        _ handle: JobHandle, extendBy extension: Duration? = nil
    ) async throws(StoreError) -> HeartbeatOutcome {
        try await heartbeat([handle], extendBy: `extension`)[0]
    }

    /// Marks one active job as completed.
    @discardableResult
    public func ack(_ handle: JobHandle) async throws(StoreError) -> JobOutcome {
        try await ack([handle])[0]
    }

    /// Pauses an active job without a deadline.
    @discardableResult
    public func release(_ handle: JobHandle) async throws(StoreError) -> JobOutcome {
        try await release(handle, deadline: nil)
    }

    /// Both calls, one after the other.
    public func reclaimAndDequeue(
        workerID: String, limit: Int
    ) async throws(StoreError) -> (jobs: [ClaimedJob], report: ReclaimReport) {
        let report = try await reclaimExpired()
        return (try await dequeue(workerID: workerID, limit: limit), report)
    }

    /// Nil: this queue can only be polled.
    public func wakeUps() -> AsyncStream<Void>? { nil }
}
