public import FoundationEssentials
public import Orchestrator
internal import PostgresWire
internal import StoreContracts

extension PostgresRunStore {
    /// True: handlers may write in the transaction of their step.
    public var supportsStepTransactions: Bool { true }

    /// Opens a transaction, lends it to `body` as a `PostgresStepTransaction`, and commits it after `body` returned.
    ///
    /// It is rolled back if `body` throws, and also if the step turned out to be durable already, so that what the
    /// handler wrote is not written twice. Cost: three round trips around those of the body. One connection of the
    /// pool is held meanwhile; no row of the orchestrator's is locked before the step is committed.
    ///
    /// - Throws: what `body` throws, unchanged; `StoreError` if beginning or committing fails.
    public func withStepTransaction<Result: Sendable>(
        runID: UUID, claim: RunClaim?,
        _ body: @escaping @Sendable (any StepTransaction) async throws -> Result
    ) async throws -> Result {
        let plane = plane
        do {
            return try await client.withTransaction { connection in
                _ = try await connection.batch([plane.setting, plane.idleSetting])
                let transaction = PostgresStepTransaction(connection, plane: plane)
                let result: Result
                do {
                    result = try await body(transaction)
                } catch {
                    throw BodyFailure(error: error)
                }
                if transaction.wasReplayed { throw DurableAlready(result: result) }
                return result
            }
        } catch let failure as BodyFailure {
            throw failure.error
        } catch let durable as DurableAlready<Result> {
            return durable.result
        } catch let error as PostgresError {
            throw plane.mapped(error)
        }
    }
}

/// Carries what the body threw past the errors of the transaction itself.
private struct BodyFailure: Error {
    let error: any Error
}

/// Rolls the transaction back although the body succeeded.
private struct DurableAlready<Result: Sendable>: Error {
    let result: Result
}
