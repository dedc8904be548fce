internal import Locking

/// The notifications of one channel, and the gaps between them, as they come.
///
/// It never throws: what goes wrong with the connection is put right in the background and shows as a gap. It ends
/// with the task that reads it, or when the client is shut down. The server listens for the channel from the first
/// sequence on until the last one is dropped.
public struct PostgresNotifications: AsyncSequence, Sendable {
    let subscription: NotificationSubscription

    /// Takes the events; a sequence has one reader.
    public func makeAsyncIterator() -> Iterator { Iterator(subscription: subscription) }

    /// Takes the events in order.
    public struct Iterator: AsyncIteratorProtocol {
        let subscription: NotificationSubscription
        private var events: [PostgresNotificationEvent] = []
        private var position = 0

        init(subscription: NotificationSubscription) { self.subscription = subscription }

        /// The next event; nil once the task is cancelled or the client shut down.
        public mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async -> PostgresNotificationEvent? {
            while !Task.isCancelled {
                if position < events.count {
                    defer { position += 1 }
                    return events[position]
                }
                switch subscription.queue.take() {
                case .events(let taken):
                    events = taken
                    position = 0
                case .nothing: await subscription.queue.wait()
                case .end: return nil
                }
            }
            return nil
        }

        /// As `next(isolation:)`.
        public mutating func next() async -> PostgresNotificationEvent? {
            await next(isolation: #isolation)
        }
    }
}

/// Keeps a consumer enlisted while somebody holds its sequence.
final class NotificationSubscription: Sendable {
    let queue: NotificationQueue
    private let number: Int
    /// Kept, since a client that nobody holds ends its sequences.
    private let client: PostgresClient

    init(to channel: String, capacity: Int, of client: PostgresClient) {
        self.client = client
        (number, queue) = client.hub.subscribe(to: channel, capacity: capacity)
    }

    deinit { client.hub.unsubscribe(number) }
}

extension PostgresClient {
    /// Listens on a channel.
    ///
    ///     for await event in client.notifications(on: "jobs") {
    ///         switch event {
    ///         case .notification(let notification): try await run(notification.payload)
    ///         case .gap: try await runEverythingThatWaits()
    ///         }
    ///     }
    ///
    /// All sequences of a client share one connection, which is opened for the first of them, counts beside the pool's
    /// `maximumConnections` and is closed ten seconds after the last has gone. It is probed every two seconds while it
    /// is silent; a lost connection is replaced after a short pause, every channel is listened on again and every
    /// consumer finds `.gap(.connectionLost)` in its sequence. The first element is `.gap(.started)`.
    ///
    /// Behind a pooler that shares server sessions LISTEN does not work: name the server itself in
    /// `PostgresClientConfiguration.listenServer`.
    ///
    /// - Parameters:
    ///   - channel: 1 to 63 bytes, taken as they are: upper and lower case differ.
    ///   - bufferedEvents: How many events wait for a slow consumer; the oldest then give way to `.gap(.overflow)`.
    /// - Returns: The events from here on; the server begins to listen at once.
    public func notifications(on channel: String, bufferedEvents: Int = 1_024) -> PostgresNotifications {
        PostgresNotifications(
            subscription: NotificationSubscription(to: channel, capacity: bufferedEvents, of: self))
    }

    /// What the connection that listens has done so far.
    public var listenerStatistics: PostgresListenerStatistics { hub.statistics }
}
