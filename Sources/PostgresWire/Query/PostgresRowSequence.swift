internal import Locking
package import PostgresProtocol

/// The rows of a statement as they arrive.
///
/// Rows come in batches; taking the next one out of a batch neither suspends nor changes threads. While nobody takes
/// rows, at most `PostgresRowSequence.bufferedBytes` of them wait and the rest stays with the server. The connection
/// is busy until the last row was taken; what is left when the sequence is dropped is read and thrown away.
public struct PostgresRowSequence: AsyncSequence, Sendable {
    /// How many bytes of rows wait at most for the caller.
    public static let bufferedBytes = 262_144

    let stream: RowStream

    /// What the statement did; nil until the last row was taken.
    package var command: CommandTag? { stream.command }

    /// Takes the rows; a sequence has one reader.
    public func makeAsyncIterator() -> Iterator { Iterator(stream: stream) }

    /// Takes the rows in order.
    public struct Iterator: AsyncIteratorProtocol {
        let stream: RowStream
        var batch: PostgresRows?
        var position = 0

        /// The next row; nil after the last one.
        public mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(PostgresError) -> PostgresRow? {
            while true {
                if let batch, position < batch.count {
                    defer { position += 1 }
                    return batch[position]
                }
                guard let following = try await stream.nextBatch() else { return nil }
                batch = following
                position = 0
            }
        }

        /// As `next(isolation:)`.
        public mutating func next() async throws(PostgresError) -> PostgresRow? {
            try await next(isolation: #isolation)
        }
    }
}
