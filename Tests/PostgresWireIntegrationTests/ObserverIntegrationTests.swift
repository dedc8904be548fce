import PostgresWire
import TestSupport
import Testing

/// What observers are told of conversations with a real server.
@Suite struct ObserverIntegrationTests {
    private func observed(
        _ recorder: EventRecorder, _ change: @escaping (inout PostgresConfiguration) -> Void = { _ in }
    ) -> (inout PostgresConfiguration) -> Void {
        server {
            $0.observers = [recorder]
            change(&$0)
        }
    }

    /// The lines between the opening of the connection and its end.
    private func lines(_ recorder: EventRecorder) -> [String] {
        recorder.lines.filter { !$0.hasPrefix("connect") && !$0.hasPrefix("closed") }
    }

    @Test(.timeLimit(.minutes(1)))
    func `a COPY is told with its direction, rows and bytes`() async throws {
        let recorder = EventRecorder()
        try await withOneConnection(observed(recorder)) { connection in
            try await connection.execute("CREATE TEMP TABLE facts (id int8, content text)")
            _ = try await connection.copyIn(into: "facts", columns: ["id", "content"]) { writer in
                for number in 0..<100 { try await writer.write(number, "fact") }
            }
            var count = 0
            for try await chunk in try await connection.copyOut(from: "facts", format: .csv) {
                count += chunk.withUnsafeBytes { $0.count }
            }
            #expect(count > 500)
        }
        #expect(
            lines(recorder) == [
                "query… CREATE TEMP TABLE facts (id int8, content text)", "query CREATE TABLE 0",
                "query… COPY facts (\"id\", \"content\") FROM STDIN (FORMAT binary)", "copy in… 2 columns",
                "copy in 100", "query COPY 100", "query… COPY facts TO STDOUT (FORMAT csv)",
                "copy out… 2 columns", "copy out 100", "query COPY 100",
            ])
        let bytes = recorder.events.compactMap { event in
            if case .copyEnded(let end) = event { end.bytes } else { nil }
        }
        // 100 rows of 22 bytes, header 19, trailer 2 and head 5 of their message, CopyDone 5, Query message 61.
        #expect(bytes.first == 2_292)
        // 90 rows of 8 bytes and 10 of 7, each in a message with a head of 5, and what comes around them.
        #expect(bytes.last.map { (1_290..<1_400).contains($0) } == true)
    }

    @Test(.timeLimit(.minutes(1)))
    func `a cancelled and a late query are told with the request that stops them`() async throws {
        let recorder = EventRecorder()
        try await withOneConnection(observed(recorder)) { connection in
            let task = Task {
                try await connection.execute(
                    "DO $$ BEGIN RAISE NOTICE 'it runs'; PERFORM pg_sleep(60); END $$")
            }
            await recorder.wait { if case .notice = $0 { true } else { false } }
            task.cancel()
            let cancelled = await errorOf { _ = try await task.value }
            #expect(cancelled?.code == .cancelled)
            await recorder.wait { if case .cancelEnded = $0 { true } else { false } }
            let late = await errorOf {
                try await connection.execute(
                    ("SELECT pg_sleep(61)" as PostgresQuery).timeout(.milliseconds(50)))
            }
            #expect(late?.code == .timedOut)
            await recorder.wait {
                if case .cancelEnded(let end) = $0 { end.start.reason == .deadline } else { false }
            }
        }
        let told = lines(recorder)
        #expect(
            told.filter { $0.hasPrefix("cancel") } == [
                "cancel… taskCancelled", "cancel delivered", "cancel… deadline", "cancel delivered",
            ])
        let calls = told.filter { $0.hasPrefix("query") }
        #expect(
            calls.prefix(3) == ["query… DO ?", "query - 0 failed: 57014", "query… SELECT pg_sleep(?)"])
        // 57014, unless the server was too busy to answer in time and the connection was given up.
        #expect(calls.count == 4)
        #expect(calls.last?.hasPrefix("query - 0 failed: ") == true)
        var queries: [ClientEvent.ID] = []
        var stopped: [ClientEvent.ID] = []
        for event in recorder.events {
            if case .queryStarted(let start) = event { queries.append(start.id) }
            if case .cancelStarted(let start) = event { stopped.append(start.query) }
        }
        #expect(queries == stopped)
    }

    @Test(.timeLimit(.minutes(1)))
    func `transactions are told with their outcome, however they were begun`() async throws {
        let recorder = EventRecorder()
        try await withOneConnection(observed(recorder)) { connection in
            _ = try await connection.withTransaction { connection in try await connection.execute("SELECT 1")
            }
            _ = await errorOf {
                try await connection.withTransaction { connection in
                    _ = try await connection.execute("SELECT 1/0")
                }
            }
            _ = try await connection.script("BEGIN; SELECT 1")
            try await connection.execute("COMMIT")
            _ = try await connection.script("BEGIN; SELECT 1; COMMIT")
            try await connection.execute("BEGIN")
            _ = await errorOf {
                try await connection.execute("SELECT pg_terminate_backend(pg_backend_pid())")
            }
        }
        #expect(
            lines(recorder).filter { $0.hasPrefix("transaction") } == [
                "transaction…", "transaction committed", "transaction…", "transaction rolledBack",
                "transaction…",
                "transaction committed", "transaction…", "transaction lost",
            ])
        #expect(recorder.lines.last == "closed: server failed: 57P01")
    }

    @Test(.timeLimit(.minutes(1)))
    func `a stream, a batch and a pipeline are told when their last row is there`() async throws {
        let recorder = EventRecorder()
        try await withOneConnection(observed(recorder)) { connection in
            var count = 0
            for try await _ in try await connection.query("SELECT generate_series(1, 1000)") { count += 1 }
            #expect(count == 1_000)
            _ = try await connection.batch(["SELECT 1", "SELECT generate_series(1, 3)"])
            _ = try await connection.pipeline(["SELECT 1", "SELECT 1/0", "SELECT 2"])
        }
        let told = lines(recorder)
        #expect(
            told.prefix(4) == [
                "query… SELECT generate_series(?, ?)", "query SELECT 1000",
                "query… SELECT ?; SELECT generate_series(?, ?)", "query SELECT 4",
            ])
        // The three of a pipeline begin before the first ends, and end in their order.
        #expect(
            told.dropFirst(4).filter { $0.hasPrefix("query…") } == [
                "query… SELECT ?", "query… SELECT ?/?", "query… SELECT ?",
            ])
        #expect(
            told.dropFirst(4).filter { !$0.hasPrefix("query…") } == [
                "query SELECT 1", "query - 0 failed: 22012", "query SELECT 1",
            ])
    }

    @Test(.timeLimit(.minutes(1)))
    func `a loan that lasts too long is told with its place`() async throws {
        let recorder = EventRecorder()
        try await withPool(
            pool {
                $0.observers = [recorder]
                $0.leakThreshold = .zero
            }
        ) { client in
            try await client.withConnection(file: "Shop/Cart.swift", line: 12) { connection in
                _ = try await connection.execute("SELECT 1")
            }
        }
        let leaks = recorder.events.compactMap { event in
            if case .loanLeaked(let leak) = event { leak } else { nil }
        }
        #expect(leaks.map(\.site) == ["Shop/Cart.swift:12"])
        #expect((leaks.first?.duration ?? .zero) > .zero)
    }

    @Test(.timeLimit(.minutes(1)))
    func `the connection that listens is observed as the pool is`() async throws {
        let recorder = EventRecorder()
        try await withPool(pool { $0.observers = [recorder] }) { client in
            var events = client.notifications(on: "observed").makeAsyncIterator()
            #expect(await events.next() == .gap(.started))
        }
        #expect(recorder.lines.contains("query… LISTEN \"observed\""))
        #expect(recorder.lines.filter { $0.hasPrefix("closed") } == ["closed: requested"])
    }

    @Test(.timeLimit(.minutes(1)))
    func `what a real server says of data is in no event`() async throws {
        let recorder = EventRecorder()
        let canary = "canary-2b7c"
        try await withOneConnection(observed(recorder)) { connection in
            let refused = await errorOf { try await connection.execute("SELECT \(canary)::text::int") }
            #expect("\(refused.map(String.init(reflecting:)) ?? "")".contains(canary))
            try await connection.execute("CREATE TEMP TABLE names (name text UNIQUE)")
            try await connection.execute("INSERT INTO names VALUES (\(canary))")
            let twice = await errorOf { try await connection.execute("INSERT INTO names VALUES (\(canary))") }
            #expect(twice?.server?.detail?.contains(canary) == true)
            _ = try await connection.script("DO $$ BEGIN RAISE WARNING 'beware of \(canary)'; END $$")
        }
        let texts = recorder.events.map { event in
            var text = ""
            dump(event, to: &text)
            return text
        }
        #expect(texts.filter { $0.contains(canary) } == [])
        #expect(lines(recorder).contains("WARNING 01000"))
        let constraints = recorder.events.compactMap { event in
            if case .queryEnded(let end) = event { end.failure?.constraint } else { nil }
        }
        #expect(constraints == ["names_name_key"])
    }
}
