internal import Locking

/// The rows of a binary COPY to the client as they arrive; otherwise as `PostgresRowSequence`.
public struct PostgresCopyRows: AsyncSequence, Sendable {
    let stream: CopyRowStream

    /// Takes the rows; a sequence has one reader.
    public func makeAsyncIterator() -> Iterator { Iterator(stream: stream) }

    /// Takes the rows in order.
    public struct Iterator: AsyncIteratorProtocol {
        let stream: CopyRowStream
        private var batch: PostgresRows?
        private var position = 0

        init(stream: CopyRowStream) { self.stream = stream }

        /// The next row; nil after the last one.
        ///
        /// - Throws: `decoding` with a `CopyFault` as cause if the data contradict the format; the connection stays
        ///   usable.
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
