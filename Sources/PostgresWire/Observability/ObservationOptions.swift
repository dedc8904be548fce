/// What observers are told beyond names and numbers.
public struct ObservationOptions: Hashable, Sendable {
    /// How SQL is told.
    public enum QueryText: String, Sendable {
        /// As it was sent, with all literals in it.
        case full
        /// With `?` for every literal, without comments, and with single spaces.
        case redacted
        /// Not at all; the summary is told all the same.
        case none
    }

    /// How many bytes of SQL are told at most; what follows is cut off.
    public static let maximumTextBytes = 16_384

    /// How SQL is told.
    public var queryText = QueryText.redacted
    /// Whether the primary messages of the server's errors and notices are told.
    ///
    /// They may quote values, as in `invalid input syntax for type integer: "…"`. Details are never told.
    public var includesServerMessages = false

    /// Takes the defaults, under which no event can hold data.
    public init() {}
}
