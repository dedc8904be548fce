extension ClientEvent {
    /// A pool of connections.
    public struct Pool: Hashable, Sendable {
        /// The name that was configured, else `host:port/database`.
        public let name: String
        /// The first of its servers.
        public let endpoint: PostgresEndpoint
        /// The database.
        public let database: String
        /// How many connections it has at most.
        public let maximumConnections: Int
    }

    /// A caller wants a connection.
    public struct AcquireStart: Hashable, Sendable {
        /// Ties the end to this start.
        public let id: ID
        /// Of which pool.
        public let pool: Pool
        /// The caller's place in the source, as `MyModule/File.swift:12`.
        public let site: String
    }

    /// A caller has got a connection, or will not get one.
    public struct AcquireEnd: Hashable, Sendable {
        /// What began.
        public let start: AcquireStart
        /// How long the caller has waited.
        public let duration: Duration
        /// The connection; nil if there is none.
        public let connection: Connection?
        /// Why there is no connection.
        public let failure: Failure?
    }

    /// A borrowed connection has come back.
    public struct ConnectionReturn: Hashable, Sendable {
        /// In which state it came.
        public enum Condition: String, Sendable {
            /// It can be lent again.
            case tidy
            /// A transaction was open, which is rolled back, or a reply was owed, which is waited for.
            case untidy
            /// It has ended.
            case broken
        }

        /// To which pool.
        public let pool: Pool
        /// Which one.
        public let connection: Connection?
        /// How long it was lent.
        public let duration: Duration
        /// In which state it came.
        public let condition: Condition
    }

    /// How many connections and waiters there are, or by how many there are more than before.
    public struct PoolCounts: Hashable, Sendable {
        /// Connections that nobody uses.
        public internal(set) var idle = 0
        /// Connections that are lent.
        public internal(set) var used = 0
        /// Connections that are being opened.
        public internal(set) var opening = 0
        /// Callers that wait.
        public internal(set) var waiting = 0
    }

    /// A pool has other numbers than before.
    ///
    /// Changes made at the same time may be told in another order; their sum is always right.
    public struct PoolChange: Hashable, Sendable {
        /// Which pool.
        public let pool: Pool
        /// The numbers after the change.
        public let counts: PoolCounts
        /// By how much they have changed since the last event of this kind; the first counts from zero.
        public let change: PoolCounts
    }

    /// A loan lasts longer than the leak threshold.
    public struct LoanLeak: Hashable, Sendable {
        /// Of which pool.
        public let pool: Pool
        /// The borrower's place in the source, as `MyModule/File.swift:12`.
        public let site: String
        /// For how long it has lasted.
        public let duration: Duration
    }

    /// Opening connections has failed too often.
    public struct BreakerOpening: Hashable, Sendable {
        /// Of which pool.
        public let pool: Pool
        /// How often in a row.
        public let failures: Int
        /// The last failure.
        public let failure: Failure
    }
}
