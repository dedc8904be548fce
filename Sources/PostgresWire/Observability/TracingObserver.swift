#if Tracing
internal import Locking
public import Tracing

/// Makes a span of every query, for swift-distributed-tracing, as OpenTelemetry describes it.
///
/// Needs the package trait `Tracing`.
///
///     InstrumentationSystem.bootstrap(tracer)
///     configuration.observers = [TracingObserver()]
///
/// A span is of the kind `client`, is a child of the span of the calling task, and has the query's summary for a name,
/// as `SELECT users`, else the database's. Its attributes: `db.system.name`, `db.namespace` (the database, without a
/// schema), `db.query.summary`, `db.query.text` (see `ObservationOptions`), `db.operation.batch.size`,
/// `server.address`, `server.port`; at its end `db.operation.name` (what the server says it did), and for a failure
/// `error.type` (the SQLSTATE, else the code of the `PostgresError`) and `db.response.status_code`.
///
/// At most `maximumSpans` spans are open at a time; queries beyond have none.
///
/// Source: OpenTelemetry semantic conventions, "Database client spans" and "PostgreSQL".
public final class TracingObserver: ClientObserver {
    /// How many spans may be open at a time.
    public static let maximumSpans = 65_536

    private let tracer: (any Tracer)?
    private let spans = Lock<[ClientEvent.ID: any Span]>([:])

    /// Makes spans with `tracer`, or with the one that `InstrumentationSystem` was bootstrapped with.
    public init(tracer: (any Tracer)? = nil) { self.tracer = tracer }

    /// Begins or ends a span.
    public func observe(_ event: ClientEvent) {
        switch event {
        case .queryStarted(let start): begin(start)
        case .queryEnded(let end): finish(end)
        default: break
        }
    }

    private func begin(_ start: ClientEvent.QueryStart) {
        guard spans.withLock({ $0.count < Self.maximumSpans }) else { return }
        let connection = start.connection
        let name = start.summary.isEmpty ? connection.database : start.summary
        let span: any Span = (tracer ?? InstrumentationSystem.tracer).startSpan(name, ofKind: .client)
        span.updateAttributes { attributes in
            attributes["db.system.name"] = "postgresql"
            attributes["db.namespace"] = connection.database
            if !start.summary.isEmpty { attributes["db.query.summary"] = start.summary }
            if let text = start.text { attributes["db.query.text"] = text }
            if start.kind == .batch { attributes["db.operation.batch.size"] = start.statementCount }
            attributes["server.address"] = connection.endpoint.host
            if !connection.endpoint.isUnixSocket { attributes["server.port"] = connection.endpoint.port }
        }
        spans.withLock { $0[start.id] = span }
    }

    private func finish(_ end: ClientEvent.QueryEnd) {
        guard let span = spans.withLock({ $0.removeValue(forKey: end.start.id) }) else { return }
        span.updateAttributes { attributes in
            if end.start.kind == .batch {
                attributes["db.operation.name"] = end.command.map { "BATCH \($0)" } ?? "BATCH"
            } else if let command = end.command {
                attributes["db.operation.name"] = command
            }
            guard let failure = end.failure else { return }
            attributes["error.type"] = failure.type
            if let sqlState = failure.sqlState { attributes["db.response.status_code"] = sqlState }
        }
        if let failure = end.failure {
            let text = failure.message ?? (failure.reason.isEmpty ? nil : failure.reason)
            span.setStatus(SpanStatus(code: .error, message: text))
        }
        span.end()
    }
}
#endif
