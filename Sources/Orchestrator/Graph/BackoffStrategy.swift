/// Says how the wait grows from attempt to attempt; the raw values are the wire names.
public enum BackoffStrategy: String, Sendable, Hashable, CaseIterable {
    /// The initial wait times the number of failed attempts.
    case linear
    /// The initial wait, doubled with every failed attempt.
    case exponential
    /// Always the initial wait.
    case fixed
}

extension BackoffStrategy: JSONConvertible {}
