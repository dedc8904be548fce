internal import PostgresProtocol

/// What the observers of one session are told about it.
final class SessionObservation: Sendable {
    let observers: Observers
    let connection: ClientEvent.Connection
    let opened = ContinuousClock.now

    /// Keeps what identifies a session; nil if nobody observes it.
    init?(_ configuration: PostgresConfiguration, _ key: BackendKey?) {
        guard let observers = Observers(configuration.observers, configuration.observation) else {
            return nil
        }
        self.observers = observers
        connection = ClientEvent.Connection(
            id: .next(), endpoint: configuration.observedEndpoint, database: configuration.observedDatabase,
            processID: key?.processID)
    }

    /// Tells that a call begins; nil for one that only asks whether the server is there.
    func begin(_ request: Session.Request, hasPlainStrings: Bool) -> QueryObservation? {
        let (kind, statements): (ClientEvent.QueryStart.Kind, [PostgresQuery]) =
            switch request {
            case .script(let sql): (.script, [PostgresQuery(sql)])
            case .description(let query): (.description, [query])
            case .statements(let queries): (queries.count == 1 ? .statement : .batch, queries)
            }
        guard kind != .script || !statements[0].sql.isEmpty else { return nil }
        let text = ObservedText(
            statements.map(\.sql), observers.options.queryText, hasPlainStrings: hasPlainStrings)
        let start = ClientEvent.QueryStart(
            id: .next(), connection: connection, kind: kind, statementCount: statements.count,
            parameterCount: statements.reduce(0) { $0 + $1.parameterCount }, text: text.text,
            summary: text.summary)
        let query = QueryObservation(observers, start)
        observers.tell(.queryStarted(start))
        return query
    }
}

extension PostgresConfiguration {
    var observedEndpoint: PostgresEndpoint {
        PostgresEndpoint(host: host, port: port, address: hostAddress)
    }

    var observedDatabase: String { database ?? user }
}
