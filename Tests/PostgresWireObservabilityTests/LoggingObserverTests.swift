#if Logging
import InMemoryLogging
import Logging
import PostgresWire
import Testing

@Suite struct LoggingObserverTests {
    private func logger(_ level: Logger.Level) -> (Logger, InMemoryLogHandler) {
        let handler = InMemoryLogHandler()
        var logger = Logger(label: "test", factory: { _ in handler })
        logger.logLevel = level
        return (logger, handler)
    }

    private func lines(_ handler: InMemoryLogHandler) -> [String] {
        handler.entries.map { "\($0.level) \($0.message)" }
    }

    @Test(.timeLimit(.minutes(1)))
    func `each event is a line of its level`() async throws {
        let (logger, handler) = logger(.trace)
        try await Conversation.run(LoggingObserver(logger))
        let loan = ["trace connection wanted", "trace pool changed", "trace connection lent"]
        let back = ["trace connection returned", "trace pool changed"]
        #expect(
            lines(handler) == [
                "trace connection wanted", "trace pool changed", "trace connecting", "debug connected",
                "trace pool changed", "trace connection lent", "trace query started", "debug server notice",
                "debug query ended",
            ] + back + loan + ["trace query started", "info query failed"] + back + loan
                + ["trace query started", "debug query ended"] + back + loan
                + ["trace query started", "debug query ended"] + back
                + ["trace pool changed", "debug connection closed"])
    }

    @Test(.timeLimit(.minutes(1)))
    func `lines below the logger's level are not made`() async throws {
        let (logger, handler) = logger(.info)
        try await Conversation.run(LoggingObserver(logger))
        #expect(lines(handler) == ["info query failed"])
    }

    @Test(.timeLimit(.minutes(1)))
    func `a line has the documented metadata and no data`() async throws {
        let (logger, handler) = logger(.trace)
        try await Conversation.run(LoggingObserver(logger))
        let entries = handler.entries
        let ended = try #require(entries.first { $0.message == "query ended" })
        let expected: Logger.Metadata = [
            "db.namespace": "shop", "server.address": "127.0.0.1", "db.query.summary": "SELECT users",
            "db.query.text": "SELECT secret FROM users WHERE a = $1 OR b = ?", "db.operation.name": "SELECT",
            "pg.rows": "1", "pg.parameters": "1", "pg.cache_hits": "0", "pg.process_id": "13",
        ]
        for (key, value) in expected { #expect(ended.metadata[key] == value) }
        #expect(
            Set(ended.metadata.keys).subtracting(expected.keys) == [
                "server.port", "pg.query", "pg.connection", "pg.sent_bytes", "pg.received_bytes",
                "pg.duration_ms",
            ])
        let failed = try #require(entries.first { $0.message == "query failed" })
        #expect(failed.metadata["error.type"] == "22P02")
        #expect(failed.metadata["db.response.status_code"] == "22P02")
        #expect(failed.metadata["pg.effect"] == "rolledBack")
        let batch = try #require(entries.first { $0.metadata["db.operation.batch.size"] != nil })
        #expect(batch.metadata["db.operation.batch.size"] == "2")
        #expect(batch.metadata["db.query.summary"] == "BATCH DELETE a")
        #expect(entries.filter { "\($0)".contains(Conversation.canary) }.map(\.message) == [])
    }

    @Test(.timeLimit(.minutes(1)))
    func `a slow query and levels of one's own are warnings`() async throws {
        let (logger, handler) = logger(.warning)
        try await Conversation.run(LoggingObserver(logger, slowThreshold: .zero))
        #expect(lines(handler) == Array(repeating: "warning slow query ended", count: 4))
        handler.clear()
        let observer = LoggingObserver(logger) { event in
            if case .cancelStarted = event { .critical } else { .error }
        }
        try await Conversation.run(observer)
        #expect(lines(handler).count == 34)
        #expect(handler.entries.allSatisfy { $0.level == .error })
    }

    @Test(.timeLimit(.minutes(1)))
    func `levels are chosen as the article shows`() async throws {
        let (logger, handler) = logger(.error)
        try await Conversation.run(LoggingObserver(logger)) { configuration in
            let logging = LoggingObserver(logger, slowThreshold: .seconds(1))
            configuration.observers = [logging]
        }
        #expect(lines(handler) == [])
        let logging = LoggingObserver(logger) { event in
            switch event {
            case .queryEnded(let query) where query.failure != nil: .error
            default: LoggingObserver.defaultLevel(of: event)
            }
        }
        try await Conversation.run(logging)
        #expect(lines(handler) == ["error query failed"])
    }

    @Test(.timeLimit(.minutes(1)))
    func `what no caller is told is a warning`() async throws {
        let (logger, handler) = logger(.info)
        var configuration = PostgresConfiguration(host: "127.0.0.1", port: 1, user: "jo")
        configuration.observers = [LoggingObserver(logger)]
        await #expect(throws: PostgresError.self) { try await PostgresConnection.connect(configuration) }
        #expect(lines(handler) == ["warning connecting failed"])
        #expect(handler.entries.first?.metadata["error.type"] == "connectionFailed")
    }
}
#endif
