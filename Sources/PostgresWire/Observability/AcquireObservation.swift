/// A caller that wants a connection, for the observers of the pool.
struct AcquireObservation: Sendable {
    private let observers: Observers
    private let start: ClientEvent.AcquireStart
    private let began = ContinuousClock.now

    /// Tells that a caller wants a connection.
    init(_ observation: PoolObservation, _ site: CallSite) {
        observers = observation.observers
        start = ClientEvent.AcquireStart(id: .next(), pool: observation.pool, site: site.description)
        observers.tell(.acquireStarted(start))
    }

    func ended(_ connection: PostgresConnection) {
        tell(connection.session.observation?.connection, nil)
    }

    func failed(_ error: PostgresError) {
        tell(nil, error)
    }

    private func tell(_ connection: ClientEvent.Connection?, _ error: PostgresError?) {
        observers.tell(
            .acquireEnded(
                ClientEvent.AcquireEnd(
                    start: start, duration: began.duration(to: .now), connection: connection,
                    failure: observers.failure(error))))
    }
}
