internal import Synchronization

/// A loan that ends with the last row of a stream, or with the stream.
final class StreamLease: Sendable {
    private let client: PostgresClient
    private let lease: PooledConnection
    private let hasEnded = Atomic<Bool>(false)

    init(_ lease: PooledConnection, of client: PostgresClient) {
        self.lease = lease
        self.client = client
    }

    deinit { end() }

    var connection: PostgresConnection { lease.connection }

    /// Gives the connection back, once.
    func end() {
        guard !hasEnded.exchange(true, ordering: .acquiringAndReleasing) else { return }
        client.release(lease)
    }
}
