/// What a consumer of notifications sees: messages, and the places where some may be missing.
///
/// Between two gaps nothing is missing. Whoever keeps state that notifications announce looks at that state again
/// after every gap.
public enum PostgresNotificationEvent: Hashable, Sendable {
    /// A message.
    case notification(PostgresNotification)
    /// Messages that were sent before this place may be missing.
    case gap(Gap)

    /// Why messages may be missing.
    public enum Gap: Hashable, Sendable {
        /// The server listens from here on: what was sent before is not in the sequence.
        ///
        /// The first element of every sequence.
        case started
        /// The connection was lost and has been replaced; the server listens again from here on.
        case connectionLost
        /// The consumer was slower than the senders: so many of the oldest messages were dropped.
        case overflow(dropped: Int)
        /// The channel's name is empty, longer than 63 bytes or holds U+0000. The sequence ends here.
        case invalidChannel
    }
}
