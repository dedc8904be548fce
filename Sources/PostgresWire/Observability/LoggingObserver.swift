#if Logging
public import Logging

/// Writes what a client does to a swift-log `Logger`.
///
/// Needs the package trait `Logging`.
///
///     configuration.observers = [LoggingObserver(Logger(label: "app.postgres"))]
///
/// | level | what |
/// |---|---|
/// | warning | a leaked loan, an opened breaker, a connection that could not be opened or was lost, a slow query, a WARNING of the server |
/// | info | a query or an acquire that failed, a closed breaker, an untidy return |
/// | debug | a query that is over, an opened or closed connection, a COPY, a transaction, a cancel, a notice |
/// | trace | what begins, loans, changes of the pool |
///
/// A query that failed is only `info`, since its caller is thrown the error. Give `level` to choose otherwise.
///
/// Metadata: `db.namespace`, `db.query.text`, `db.query.summary`, `db.operation.name`, `db.operation.batch.size`,
/// `db.response.status_code`, `error.type`, `server.address` and `server.port` as OpenTelemetry names them, and
/// `pg.query`, `pg.connection`, `pg.process_id`, `pg.parameters`, `pg.rows`, `pg.sent_bytes`, `pg.received_bytes`,
/// `pg.cache_hits`, `pg.duration_ms`, `pg.effect`, `pg.reason`, `pg.message`, `pg.constraint`, `pg.pool`, `pg.site`,
/// `pg.tls`, `pg.direction`, `pg.outcome`, `pg.idle`, `pg.used`, `pg.waiting`, `pg.opening`. None of them holds data
/// or a secret; see `ObservationOptions`.
///
/// Cost: nothing but the choice of the level for events below the logger's.
public struct LoggingObserver: ClientObserver {
    private let logger: Logger
    private let slowThreshold: Duration?
    private let level: @Sendable (ClientEvent) -> Logger.Level

    /// Writes to `logger`.
    ///
    /// - Parameters:
    ///   - logger: Where lines go; its level decides which.
    ///   - slowThreshold: From which duration on a query is a warning whatever it came to; nil for none.
    ///   - level: The level of an event, as `defaultLevel` unless you say otherwise.
    public init(
        _ logger: Logger, slowThreshold: Duration? = nil,
        level: @escaping @Sendable (ClientEvent) -> Logger.Level = LoggingObserver.defaultLevel
    ) {
        self.logger = logger
        self.slowThreshold = slowThreshold
        self.level = level
    }

    /// The level of an event as in the table above.
    public static func defaultLevel(of event: ClientEvent) -> Logger.Level {
        switch event {
        case .connectEnded(let end): end.failure == nil ? .debug : .warning
        case .connectionClosed(let end): end.reason == .requested ? .debug : .warning
        case .acquireEnded(let end): end.failure == nil ? .trace : .info
        case .connectionReturned(let back): back.condition == .untidy ? .info : .trace
        case .loanLeaked, .breakerOpened: .warning
        case .breakerClosed: .info
        case .queryEnded(let end): end.failure == nil ? .debug : .info
        case .copyEnded, .cancelEnded, .transactionEnded: .debug
        case .notice(let notice): notice.severity == "WARNING" ? .warning : .debug
        case .connectStarted, .acquireStarted, .poolChanged, .queryStarted, .copyStarted, .cancelStarted,
            .transactionStarted:
            .trace
        }
    }

    /// Writes a line, if the logger's level asks for it.
    public func observe(_ event: ClientEvent) {
        var level = level(event)
        var isSlow = false
        if let slowThreshold, case .queryEnded(let end) = event, end.duration >= slowThreshold {
            isSlow = true
            level = max(level, .warning)
        }
        guard level >= logger.logLevel else { return }
        logger.log(
            level: level, isSlow ? "slow query ended" : Self.message(of: event),
            metadata: Self.metadata(of: event))
    }

    private static func message(of event: ClientEvent) -> Logger.Message {
        switch event {
        case .connectStarted: "connecting"
        case .connectEnded(let end): end.failure == nil ? "connected" : "connecting failed"
        case .connectionClosed(let end):
            end.reason == .requested ? "connection closed" : "connection ended unexpectedly"
        case .acquireStarted: "connection wanted"
        case .acquireEnded(let end): end.failure == nil ? "connection lent" : "no connection to be had"
        case .connectionReturned: "connection returned"
        case .poolChanged: "pool changed"
        case .loanLeaked: "connection lent for too long"
        case .breakerOpened: "callers are refused until a connection can be opened"
        case .breakerClosed: "a connection could be opened again"
        case .queryStarted: "query started"
        case .queryEnded(let end): end.failure == nil ? "query ended" : "query failed"
        case .copyStarted: "copy started"
        case .copyEnded(let end): end.failure == nil ? "copy ended" : "copy failed"
        case .cancelStarted: "cancelling query"
        case .cancelEnded: "cancel request dealt with"
        case .transactionStarted: "transaction started"
        case .transactionEnded: "transaction ended"
        case .notice: "server notice"
        }
    }

    private static func metadata(of event: ClientEvent) -> Logger.Metadata {
        var lines = Lines()
        switch event {
        case .connectStarted(let start): lines.add(start)
        case .connectEnded(let end):
            lines.add(end.start)
            lines.add(end.connection)
            lines.add(end.duration, end.failure)
            lines["pg.tls"] = end.tls?.version
        case .connectionClosed(let end):
            lines.add(end.connection)
            lines.add(end.duration, end.failure)
            lines["pg.outcome"] = end.reason.rawValue
        case .acquireStarted(let start): lines.add(start)
        case .acquireEnded(let end):
            lines.add(end.start)
            lines.add(end.connection)
            lines.add(end.duration, end.failure)
        case .connectionReturned(let back):
            lines.add(back.pool)
            lines.add(back.connection)
            lines.add(back.duration, nil)
            lines["pg.outcome"] = back.condition.rawValue
        case .poolChanged(let change): lines.add(change)
        case .loanLeaked(let leak):
            lines.add(leak.pool)
            lines.add(leak.duration, nil)
            lines["pg.site"] = leak.site
        case .breakerOpened(let opening):
            lines.add(opening.pool)
            lines.add(nil, opening.failure)
        case .breakerClosed(let pool): lines.add(pool)
        case .queryStarted, .queryEnded, .copyStarted, .copyEnded, .cancelStarted, .cancelEnded,
            .transactionStarted, .transactionEnded, .notice:
            addCall(event, &lines)
        }
        return lines.metadata
    }

    private static func addCall(_ event: ClientEvent, _ lines: inout Lines) {
        switch event {
        case .queryStarted(let start): lines.add(start)
        case .queryEnded(let end): lines.add(end)
        case .copyStarted(let start):
            lines.add(start.query)
            lines["pg.direction"] = start.direction.rawValue
        case .copyEnded(let end):
            lines.add(end.start.query)
            lines.add(end.duration, end.failure)
            lines["pg.direction"] = end.start.direction.rawValue
            lines["pg.rows"] = "\(end.rows)"
            lines[end.start.direction == .in ? "pg.sent_bytes" : "pg.received_bytes"] = "\(end.bytes)"
        case .cancelStarted(let start): lines.add(start)
        case .cancelEnded(let end):
            lines.add(end.start)
            lines.add(end.duration, nil)
            lines["pg.outcome"] = end.outcome.rawValue
        case .transactionStarted(let start): lines.add(start.connection)
        case .transactionEnded(let end):
            lines.add(end.start.connection)
            lines.add(end.duration, nil)
            lines["pg.outcome"] = end.outcome.rawValue
        case .notice(let notice):
            lines.add(notice.connection)
            lines["db.response.status_code"] = notice.sqlState
            lines["pg.message"] = notice.message
        default: break
        }
    }

    /// Metadata in the making.
    private struct Lines {
        var metadata: Logger.Metadata = [:]

        subscript(key: String) -> String? {
            get { metadata[key].map { "\($0)" } }
            set { metadata[key] = newValue.map { .string($0) } }
        }

        private mutating func add(_ endpoint: PostgresEndpoint?, _ database: String) {
            self["db.namespace"] = database
            self["server.address"] = endpoint?.host
            if let endpoint, !endpoint.isUnixSocket { self["server.port"] = "\(endpoint.port)" }
        }

        mutating func add(_ connection: ClientEvent.Connection?) {
            guard let connection else { return }
            add(connection.endpoint, connection.database)
            self["pg.connection"] = "\(connection.id)"
            self["pg.process_id"] = connection.processID.map { "\($0)" }
        }

        mutating func add(_ start: ClientEvent.ConnectStart) { add(start.endpoints.first, start.database) }

        mutating func add(_ pool: ClientEvent.Pool) {
            add(pool.endpoint, pool.database)
            self["pg.pool"] = pool.name
        }

        mutating func add(_ start: ClientEvent.AcquireStart) {
            add(start.pool)
            self["pg.site"] = start.site
        }

        mutating func add(_ change: ClientEvent.PoolChange) {
            add(change.pool)
            self["pg.idle"] = "\(change.counts.idle)"
            self["pg.used"] = "\(change.counts.used)"
            self["pg.opening"] = "\(change.counts.opening)"
            self["pg.waiting"] = "\(change.counts.waiting)"
        }

        mutating func add(_ start: ClientEvent.QueryStart) {
            add(start.connection)
            self["pg.query"] = "\(start.id)"
            self["db.query.text"] = start.text
            self["db.query.summary"] = start.summary
            self["pg.parameters"] = "\(start.parameterCount)"
            if start.kind == .batch { self["db.operation.batch.size"] = "\(start.statementCount)" }
        }

        mutating func add(_ end: ClientEvent.QueryEnd) {
            add(end.start)
            add(end.duration, end.failure)
            self["db.operation.name"] = end.command
            self["pg.rows"] = "\(end.rows)"
            self["pg.sent_bytes"] = "\(end.sentBytes)"
            self["pg.received_bytes"] = "\(end.receivedBytes)"
            self["pg.cache_hits"] = "\(end.cacheHits)"
        }

        mutating func add(_ start: ClientEvent.CancelStart) {
            add(start.connection)
            self["pg.query"] = "\(start.query)"
            self["pg.reason"] = start.reason.rawValue
        }

        mutating func add(_ duration: Duration?, _ failure: ClientEvent.Failure?) {
            if let duration { self["pg.duration_ms"] = "\(Double(duration / .microseconds(1)) / 1_000)" }
            guard let failure else { return }
            self["error.type"] = failure.type
            self["db.response.status_code"] = failure.sqlState
            self["pg.effect"] = failure.effect.rawValue
            self["pg.reason"] = failure.reason.isEmpty ? nil : failure.reason
            self["pg.constraint"] = failure.constraint
            self["pg.message"] = failure.message
        }
    }
}
#endif
