import FoundationEssentials
import Locking
public import StoreContracts

/// The rows that the in-memory store, index and ledger share, as a database is what the PostgreSQL ones share.
///
/// Every call is atomic under one lock. Searches compare with every vector.
public final class InMemoryMemory: Sendable {
    /// The clock that stamps accesses, outcomes and decisions.
    public let clock: any StoreClock
    /// The number of dimensions that every vector must have; nil: any.
    public let dimensions: Int?
    private let state: Lock<State>

    private struct State: Sendable {
        var tables = MemoryTables()
    }

    /// Creates empty rows.
    public init(clock: any StoreClock = SystemClock(), dimensions: Int? = nil) {
        self.clock = clock
        self.dimensions = dimensions
        state = Lock(State())
    }

    /// Runs `body` on the rows, alone; a body that throws must not have changed anything.
    func run<Result, Failure: Error>(
        _ body: (inout MemoryTables) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try state.withLock { (state) throws(Failure) in try body(&state.tables) }
    }

    /// Runs `body` on the rows, alone.
    func read<Result>(_ body: (inout MemoryTables) -> Result) -> Result {
        run { tables in body(&tables) }
    }

    /// Checks the length of a vector.
    func check(_ vector: [Float]?, _ context: String) throws(StoreError) {
        guard let dimensions, let vector, !vector.isEmpty, vector.count != dimensions else { return }
        throw StoreError(
            .dimensionMismatch(expected: dimensions, actual: vector.count, context: context))
    }
}
