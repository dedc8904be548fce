internal import Synchronization

/// Something that a client did or that happened to it.
///
/// More cases may come: end a `switch` with `default`.
public enum ClientEvent: Sendable {
    /// A connection is about to be opened.
    case connectStarted(ConnectStart)
    /// A connection has been opened, or could not be.
    case connectEnded(ConnectEnd)
    /// An open connection has ended, for whatever reason.
    case connectionClosed(ConnectionEnd)

    /// A caller wants a connection of a pool.
    case acquireStarted(AcquireStart)
    /// A caller has got a connection, or will not get one.
    case acquireEnded(AcquireEnd)
    /// A borrowed connection has come back.
    case connectionReturned(ConnectionReturn)
    /// A pool has another number of connections or waiters than before.
    case poolChanged(PoolChange)
    /// A loan lasts longer than the leak threshold.
    case loanLeaked(LoanLeak)
    /// Opening connections has failed so often that callers are refused at once.
    case breakerOpened(BreakerOpening)
    /// A connection could be opened again, so that callers are no longer refused.
    case breakerClosed(Pool)

    /// A call is about to be sent; what begins and ends a transaction is a call too.
    case queryStarted(QueryStart)
    /// The server has answered a call, or will not.
    case queryEnded(QueryEnd)
    /// The data of a COPY begin; told between start and end of its query.
    case copyStarted(CopyStart)
    /// A COPY has ended; told before the end of its query.
    case copyEnded(CopyEnd)
    /// A cancelled or late call is about to be stopped.
    case cancelStarted(CancelStart)
    /// The request to stop a call has been dealt with; what became of the call is in its `queryEnded`.
    case cancelEnded(CancelEnd)

    /// A transaction block is open; told after the end of the query that has opened it.
    case transactionStarted(TransactionStart)
    /// A transaction block is over; told after the end of the query that has ended it.
    case transactionEnded(TransactionEnd)
    /// The server has sent a notice or a warning.
    case notice(Notice)

    /// Tells things of one process apart, and ties the end of something to its start.
    public struct ID: Hashable, Sendable, CustomStringConvertible {
        let value: UInt64

        private static let last = Atomic<UInt64>(0)

        /// The next one; no other has it.
        static func next() -> ID { ID(value: last.add(1, ordering: .relaxed).newValue) }

        /// A number, counted from 1 in each process.
        public var description: String { String(value) }
    }
}
