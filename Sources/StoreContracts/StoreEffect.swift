/// What a failed call left behind in the store: the answer to "may I try again?".
public enum StoreEffect: String, Hashable, Sendable, CaseIterable {
    /// Nothing was written, and nothing that was sent can still be written. Trying again is safe.
    case none
    /// Something was written and taken back with its transaction. Trying again is safe.
    case rolledBack
    /// The answer was lost after the write was sent: it may or may not be durable.
    ///
    /// Calls that carry an id made by the caller (events, commits, jobs with a key, usage records) may be tried
    /// again as they are; a second copy is recognised. Other calls must read first.
    case unknown
}
