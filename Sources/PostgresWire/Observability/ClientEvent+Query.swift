public import PostgresCodecs

extension ClientEvent {
    /// A call is about to be sent.
    public struct QueryStart: Hashable, Sendable {
        /// What is sent.
        public enum Kind: String, Sendable {
            /// One statement.
            case statement
            /// Several statements in one round trip.
            case batch
            /// SQL of the simple protocol, which may hold several statements.
            case script
            /// A statement that is only described, not run.
            case description
        }

        /// Ties the end to this start.
        public let id: ID
        /// On which connection.
        public let connection: Connection
        /// What is sent.
        public let kind: Kind
        /// How many statements; 1 for a script.
        public let statementCount: Int
        /// How many parameters they have in all; their values are in no event.
        public let parameterCount: Int
        /// The SQL, as `ObservationOptions.queryText` says; those of a batch joined by `; ` unless all are the same.
        public let text: String?
        /// Commands and tables, as `SELECT users`, in a batch behind the word `BATCH`; may be empty.
        ///
        /// It is read from the SQL by its words alone, and meant for grouping.
        public let summary: String
    }

    /// The server has answered a call, or will not.
    ///
    /// A statement that is sent once more, since its prepared statement had become invalid, is two queries.
    public struct QueryEnd: Hashable, Sendable {
        /// What began.
        public let start: QueryStart
        /// From the start until the server was ready again: until the last row for a query that is streamed.
        public let duration: Duration
        /// What was done according to the server, as `INSERT` or `CREATE TABLE`; nil if nothing was, or several things.
        public let command: String?
        /// How many rows were returned, changed or copied in all.
        public let rows: Int
        /// How many bytes of messages were sent for it.
        public let sentBytes: Int
        /// How many bytes of messages have come until its end.
        public let receivedBytes: Int
        /// How many of its statements the server had prepared already.
        public let cacheHits: Int
        /// Why it failed.
        public let failure: Failure?
    }

    /// The data of a COPY begin.
    public struct CopyStart: Hashable, Sendable {
        /// Where the data go.
        public enum Direction: String, Sendable {
            /// To the server.
            case `in`
            /// To the client.
            case out
        }

        /// The query it belongs to.
        public let query: QueryStart
        /// Where the data go.
        public let direction: Direction
        /// How they are written; CSV is text.
        public let format: PostgresFormat
        /// How many columns they have.
        public let columnCount: Int
    }

    /// A COPY has ended.
    public struct CopyEnd: Hashable, Sendable {
        /// What began.
        public let start: CopyStart
        /// How long it took, the statement included.
        public let duration: Duration
        /// How many rows were copied.
        public let rows: Int
        /// How many bytes of messages went in the direction of the copy.
        public let bytes: Int
        /// Why it failed.
        public let failure: Failure?
    }

    /// A cancelled or late call is about to be stopped.
    public struct CancelStart: Hashable, Sendable {
        /// Why it is to stop.
        public enum Reason: String, Sendable {
            /// Its task was cancelled.
            case taskCancelled
            /// Its deadline has passed.
            case deadline
        }

        /// Ties the end to this start.
        public let id: ID
        /// On which connection.
        public let connection: Connection
        /// The `id` of the query.
        public let query: ID
        /// Why it is to stop.
        public let reason: Reason
    }

    /// The request to stop a call has been dealt with.
    public struct CancelEnd: Hashable, Sendable {
        /// What became of the request.
        public enum Outcome: String, Sendable {
            /// The server has taken it.
            case delivered
            /// The server could not be reached.
            case undeliverable
            /// None was sent: it could have hit another call, or the call was over already.
            case notSent
        }

        /// What began.
        public let start: CancelStart
        /// How long it took.
        public let duration: Duration
        /// What became of it.
        public let outcome: Outcome
    }

    /// A transaction block is open.
    public struct TransactionStart: Hashable, Sendable {
        /// Ties the end to this start.
        public let id: ID
        /// On which connection.
        public let connection: Connection
    }

    /// A transaction block is over.
    public struct TransactionEnd: Hashable, Sendable {
        /// How it ended.
        public enum Outcome: String, Sendable {
            case committed
            case rolledBack
            /// It waits for COMMIT PREPARED.
            case prepared
            /// The connection ended; if COMMIT was under way, it may have taken effect.
            case lost
        }

        /// What began.
        public let start: TransactionStart
        /// How long it was open.
        public let duration: Duration
        /// How it ended.
        public let outcome: Outcome
    }
}
