extension ClientEvent {
    /// An open connection.
    public struct Connection: Hashable, Sendable {
        /// Tells connections apart, reopened ones too.
        public let id: ID
        /// The server, as it was configured.
        public let endpoint: PostgresEndpoint
        /// The database.
        public let database: String
        /// The number of the server process; nil if the server has told none, as some poolers do.
        public let processID: Int32?
    }

    /// A connection is about to be opened.
    public struct ConnectStart: Hashable, Sendable {
        /// Ties the end to this start.
        public let id: ID
        /// The servers that will be tried, as they were configured.
        public let endpoints: [PostgresEndpoint]
        /// The database.
        public let database: String
        /// Whether encryption is wanted.
        public let tlsMode: TLSMode
        /// The name of the pool that wants it; nil for a connection of its own.
        public let poolName: String?
    }

    /// A connection has been opened, or could not be.
    public struct ConnectEnd: Hashable, Sendable {
        /// What began.
        public let start: ConnectStart
        /// How long it took: name resolution, connecting, TLS and login.
        public let duration: Duration
        /// The connection; nil if there is none.
        public let connection: Connection?
        /// How it is encrypted; nil for a connection in the clear, or none.
        public let tls: TLSDescription?
        /// How the server made sure who we are; nil without a connection.
        public let authenticationMethod: String?
        /// Why there is no connection.
        public let failure: Failure?
    }

    /// An open connection has ended.
    public struct ConnectionEnd: Hashable, Sendable {
        /// Who ended it.
        public enum Reason: String, Sendable {
            /// The program or its pool has closed it.
            case requested
            /// The server has ended the session and said so.
            case server
            /// The network or the server is gone, or a cancelled statement was never answered.
            case lost
            /// The server has broken the protocol.
            case protocolViolation
        }

        /// What was open.
        public let connection: Connection
        /// How long it was open.
        public let duration: Duration
        /// Who ended it.
        public let reason: Reason
        /// Why; nil if it was asked for.
        public let failure: Failure?
    }

    /// The server has sent a notice or a warning.
    public struct Notice: Hashable, Sendable {
        /// On which connection.
        public let connection: Connection
        /// WARNING, NOTICE, DEBUG, INFO or LOG.
        public let severity: String
        /// The SQLSTATE.
        public let sqlState: String
        /// The primary message, which may quote data; nil unless `ObservationOptions.includesServerMessages`.
        public let message: String?
    }
}
