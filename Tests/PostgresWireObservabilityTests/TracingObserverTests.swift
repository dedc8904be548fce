#if Tracing
import InMemoryTracing
import PostgresWire
import TestSupport
import Testing
import Tracing

@Suite struct TracingObserverTests {
    @Test(.timeLimit(.minutes(1)))
    func `each query is a client span with OpenTelemetry's attributes`() async throws {
        let tracer = InMemoryTracer()
        try await Conversation.run(TracingObserver(tracer: tracer))
        let spans = tracer.finishedSpans
        #expect(tracer.activeSpans.isEmpty)
        #expect(
            spans.map(\.operationName) == ["SELECT users", "INSERT users", "BATCH DELETE a", "ALTER ROLE jo"])
        #expect(spans.allSatisfy { $0.kind == .client })
        let first = try #require(spans.first)
        #expect(first.attributes.get("db.system.name") == "postgresql")
        #expect(first.attributes.get("db.namespace") == "shop")
        #expect(first.attributes.get("db.query.text") == "SELECT secret FROM users WHERE a = $1 OR b = ?")
        #expect(first.attributes.get("db.query.summary") == "SELECT users")
        #expect(first.attributes.get("db.operation.name") == "SELECT")
        #expect(first.attributes.get("server.address") == "127.0.0.1")
        #expect(first.attributes.get("server.port") != nil)
        #expect(first.attributes.get("error.type") == nil)
        #expect(first.status == nil)
        let failed = spans[1]
        #expect(failed.attributes.get("error.type") == "22P02")
        #expect(failed.attributes.get("db.response.status_code") == "22P02")
        #expect(failed.attributes.get("db.operation.name") == nil)
        #expect(failed.status?.code == .error)
        #expect(failed.status?.message == nil)
        #expect(spans[2].attributes.get("db.operation.batch.size") == .int64(2))
        #expect(spans[2].attributes.get("db.operation.name") == "BATCH DELETE")
        #expect(
            spans[2].attributes.get("db.query.text")
                == "DELETE FROM a WHERE b = $1; DELETE FROM a WHERE b = ?")
    }

    @Test(.timeLimit(.minutes(1)))
    func `a span is a child of the caller's`() async throws {
        let tracer = InMemoryTracer()
        let parent = tracer.startSpan("request")
        try await ServiceContext.withValue(parent.context) {
            try await Conversation.run(TracingObserver(tracer: tracer))
        }
        parent.end()
        let spans = tracer.finishedSpans
        #expect(spans.count == 5)
        #expect(
            spans.dropLast().allSatisfy { $0.parentSpanID == parent.spanID && $0.traceID == parent.traceID })
        #expect(spans.last?.operationName == "request")
    }

    @Test(.timeLimit(.minutes(1)))
    func `no span shows data or a secret`() async throws {
        let tracer = InMemoryTracer()
        try await Conversation.run(TracingObserver(tracer: tracer))
        let texts = tracer.finishedSpans.map { span in
            var text =
                "\(span.operationName) \(span.errors) \(span.events) \(String(describing: span.status))"
            dump(span.attributes, to: &text)
            return text
        }
        #expect(texts.count == 4)
        #expect(texts.filter { $0.contains(Conversation.canary) } == [])
    }

    @Test(.timeLimit(.minutes(1)))
    func `tracing is turned on beside other observers as the article shows`() async throws {
        let (logging, metrics) = (EventRecorder(), EventRecorder())
        try await Conversation.run(logging) { configuration in
            let tracing = TracingObserver()  // uses the tracer of InstrumentationSystem
            configuration.observers = [logging, metrics, tracing]
        }
        #expect(logging.lines.count == 34)
        #expect(logging.lines == metrics.lines)
    }

    @Test(.timeLimit(.minutes(1)))
    func `a connection that is lost ends its spans`() async throws {
        let tracer = InMemoryTracer()
        var configuration = PostgresConfiguration(host: "127.0.0.1", port: 1, user: "jo")
        configuration.observers = [TracingObserver(tracer: tracer)]
        await #expect(throws: PostgresError.self) { try await PostgresConnection.connect(configuration) }
        #expect(tracer.activeSpans.isEmpty)
        #expect(tracer.finishedSpans.isEmpty)
        #expect(TracingObserver.maximumSpans == 65_536)
    }
}
#endif
