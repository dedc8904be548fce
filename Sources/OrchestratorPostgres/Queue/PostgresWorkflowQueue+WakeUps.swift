internal import PostgresWire

extension PostgresWorkflowQueue {
    /// Elements whenever jobs may have become claimable, as a hint.
    ///
    /// All streams of a pool share one connection beside its others, on which the server listens on the channel
    /// `orchestrator_jobs`. The first element comes when it does, and one more whenever hints may have been lost.
    /// Hints that come while nobody waits for one are one hint. Dropping the stream ends it.
    public func wakeUps() -> AsyncStream<Void>? {
        let notifications = plane.client.notifications(on: JobSQL.channel, bufferedEvents: 64)
        let schema = plane.names.schema
        return AsyncStream {
            // What is left in the iterator's buffer is dropped with it: it would only be the same hint again.
            var events = notifications.makeAsyncIterator()
            while let event = await events.next() {
                switch event {
                case .gap(.invalidChannel): return nil
                case .gap: return ()
                case .notification(let notification) where notification.payload == schema: return ()
                case .notification: continue
                }
            }
            return nil
        }
    }
}
