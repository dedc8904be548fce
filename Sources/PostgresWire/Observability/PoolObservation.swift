/// What the observers of a pool are told about it.
final class PoolObservation: Sendable {
    let observers: Observers
    let pool: ClientEvent.Pool

    /// Keeps what identifies a pool; nil if nobody observes it.
    init?(_ configuration: PostgresClientConfiguration) {
        let server = configuration.server
        guard let observers = Observers(server.observers, server.observation) else { return nil }
        self.observers = observers
        let (endpoint, database) = (server.observedEndpoint, server.observedDatabase)
        pool = ClientEvent.Pool(
            name: configuration.observedName, endpoint: endpoint, database: database,
            maximumConnections: configuration.limits.maximumConnections)
    }
}

extension PostgresClientConfiguration {
    var observedName: String { name ?? "\(server.observedEndpoint)/\(server.observedDatabase)" }

    /// The server of `notifications(on:)`, observed as the pool is unless it has observers of its own.
    var observedListenServer: PostgresConfiguration {
        guard var listener = listenServer else { return server }
        guard listener.observers.isEmpty else { return listener }
        listener.observers = server.observers
        listener.observation = server.observation
        return listener
    }
}
