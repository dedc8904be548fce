internal import Locking
public import Orchestrator
public import PostgresWire
public import StoreContracts

/// The open transaction of one step on PostgreSQL.
///
/// The handler writes through `connection`; its writes and the step become durable together.
public final class PostgresStepTransaction: StepTransaction {
    /// The connection with the open transaction; it is gone when the step's body has returned.
    public let connection: PostgresConnection
    private let plane: TenantPlane
    private let replayed = Lock(false)

    init(_ connection: PostgresConnection, plane: TenantPlane) {
        self.connection = connection
        self.plane = plane.on(SavepointRunner(connection: connection))
    }

    /// The connection.
    public var handle: any Sendable { connection }

    /// `unavailable` once the connection is lost; nothing of the transaction is left then.
    public var failure: StoreError? {
        guard connection.isClosed else { return nil }
        return StoreError(
            .unavailable, effect: .none, cause: "the connection of the step's transaction was lost")
    }

    /// Whether the step was durable already, so that this transaction must not become it once more.
    var wasReplayed: Bool { replayed.withLock { $0 } }

    /// Runs one attempt of the handler on a savepoint; what a failed attempt wrote is taken back.
    ///
    /// Two round trips.
    public func attempt<Result: Sendable>(
        _ body: @Sendable () async throws -> Result
    ) async throws -> Result {
        try await connection.execute("SAVEPOINT orchestrator_attempt")
        do {
            let result = try await body()
            try await connection.execute("RELEASE SAVEPOINT orchestrator_attempt")
            return result
        } catch {
            // If this fails too, the connection is lost, and with it everything that was written.
            _ = try? await connection.execute("ROLLBACK TO SAVEPOINT orchestrator_attempt")
            throw error
        }
    }

    /// Writes the step as the last thing in the transaction: one round trip.
    ///
    /// Only now the run's row is locked.
    ///
    /// - Throws: as `RunStore.commit(_:)`.
    public func commit(_ commit: RunCommit) async throws(StoreError) -> CommitReceipt {
        let receipt = try await StepWriter(plane).commit(commit)
        if receipt.wasReplayed { replayed.withLock { $0 = true } }
        return receipt
    }
}

/// Sends statements in an open transaction; if one fails, the transaction goes on as if none had been sent.
struct SavepointRunner: BatchRunner {
    let connection: PostgresConnection

    func send(_ queries: [PostgresQuery]) async throws(PostgresError) -> [PostgresRows] {
        do {
            let results = try await connection.batch(["SAVEPOINT orchestrator_step"] + queries)
            return Array(results.dropFirst())
        } catch {
            _ = try? await connection.execute("ROLLBACK TO SAVEPOINT orchestrator_step")
            throw error
        }
    }
}
