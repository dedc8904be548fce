/// The data of a COPY to the client as they arrive.
///
/// While nobody takes data, at most `PostgresRowSequence.bufferedBytes` of them wait and the rest stays with the
/// server. The connection is busy until the last were taken; what is left when the sequence is dropped is read and
/// thrown away.
public struct PostgresCopyOut: AsyncSequence, Sendable {
    let stream: CopyStream

    /// Takes the data; a sequence has one reader.
    public func makeAsyncIterator() -> Iterator { Iterator(stream: stream) }

    /// Takes the data in order.
    public struct Iterator: AsyncIteratorProtocol {
        let stream: CopyStream

        /// The next data; nil after the last of them.
        public mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(PostgresError) -> PostgresCopyChunk? {
            try await stream.nextData().map(PostgresCopyChunk.init(storage:))
        }

        /// As `next(isolation:)`.
        public mutating func next() async throws(PostgresError) -> PostgresCopyChunk? {
            try await next(isolation: #isolation)
        }
    }
}
