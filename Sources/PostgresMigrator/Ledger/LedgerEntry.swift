/// One row of the ledger: what became of one migration.
public struct LedgerEntry: Sendable, Hashable {
    /// What became of a migration.
    public enum State: String, Sendable, Hashable {
        /// It ran.
        case applied
        /// Another program had done the same; it did not run.
        case adopted
        /// Its group was left out.
        case skipped
        /// The server refused it for want of privilege; the next apply tries again.
        case refused

        /// Whether the objects of the migration are there.
        public var isDone: Bool { self == .applied || self == .adopted }
    }

    /// The migration's number.
    public let version: Int
    /// The migration's name when it was recorded.
    public let name: String
    /// The hash of its template when it was recorded.
    public let checksum: String
    /// What became of it.
    public let state: State
    /// The place in the order of recording, from 1; a migration that runs again gets a new one.
    public let position: Int
    /// The integer parameters that it used.
    public let parameters: [String: Int]

    /// Describes a row.
    public init(
        version: Int, name: String, checksum: String, state: State, position: Int,
        parameters: [String: Int] = [:]
    ) {
        self.version = version
        self.name = name
        self.checksum = checksum
        self.state = state
        self.position = position
        self.parameters = parameters
    }
}
