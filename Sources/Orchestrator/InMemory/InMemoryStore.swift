package import FoundationEssentials
import Locking
public import StoreContracts

/// The rows that the in-memory adapters share, as the database is what the PostgreSQL adapters share.
///
/// Every call is atomic under one lock. Values pass through an encode and a decode, so a caller never shares storage
/// with the store. Instants are those of the clock, in microseconds; rows that are written at the same instant are
/// stamped a microsecond apart, so that lists keep the order of writing.
public final class InMemoryStore: Sendable {
    private struct State {
        var tables = StoreTables()
        var listeners: [UUID: AsyncStream<Void>.Continuation] = [:]
    }

    /// The clock that decides leases, visibility and instants.
    public let clock: any StoreClock
    private let state: Lock<State>

    /// Creates an empty store.
    public init(clock: any StoreClock = SystemClock()) {
        self.clock = clock
        state = Lock(State())
    }

    /// Removes every row.
    public func clear() {
        state.withLock { $0.tables = StoreTables() }
    }

    /// Runs `body` on the rows, alone.
    package func read<Result, Failure: Error>(
        _ body: (borrowing StoreTables, Date) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let now = clock.now().wholeMicroseconds
        return try state.withLock { (state) throws(Failure) in try body(state.tables, now) }
    }

    /// Runs `body` on the rows, alone; a body that throws must not have changed anything.
    ///
    /// Listeners are woken if the body says so.
    package func write<Result, Failure: Error>(
        _ body: (inout StoreTables, Date) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let now = clock.now().wholeMicroseconds
        let (result, listeners) = try state.withLock {
            (state) throws(Failure) -> (Result, [AsyncStream<Void>.Continuation]) in
            let result = try body(&state.tables, now)
            defer { state.tables.hasNews = false }
            return (result, state.tables.hasNews ? Array(state.listeners.values) : [])
        }
        for listener in listeners { listener.yield() }
        return result
    }

    /// Elements whenever jobs may have become claimable; several may arrive as one.
    package func wakeUps() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let id = UUID()
        state.withLock { $0.listeners[id] = continuation }
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock { $0.listeners[id] = nil }
        }
        return stream
    }
}

extension Date {
    /// This date at the precision of a `timestamptz`.
    var wholeMicroseconds: Date {
        Date(timeIntervalSince1970: (timeIntervalSince1970 * 1_000_000).rounded() / 1_000_000)
    }
}
