import Locking
import PostgresWire
import TestSupport
import Testing

/// An observer that takes its time: the caller that waits for the end of a call goes on after it was told.
@Suite struct SlowObserverTests {
    /// Keeps its thread busy.
    private static func work(for time: Duration) {
        let start = ContinuousClock.now
        while start.duration(to: .now) < time {}
    }

    /// Counts ends, after a while of work in each of them.
    private final class Slow: ClientObserver {
        private let ends = Lock(0)
        var endCount: Int { ends.withLock { $0 } }

        func observe(_ event: ClientEvent) {
            guard case .queryEnded = event else { return }
            SlowObserverTests.work(for: .milliseconds(4))
            ends.withLock { $0 += 1 }
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `an end is told before its caller goes on, whoever has read it`() async throws {
        let count = 40
        let server = try ScriptedServer { session in
            guard session.number == 1 else {
                // Its client waits all the time, so that nobody waits on the caller's own thread.
                try session.letIn()
                return try session.waitForEnd()
            }
            try session.serve((0..<count).map { ServerBytes.answer(tag: "SELECT 0", isPrepared: $0 > 0) })
        }
        defer { server.stop() }
        var configuration = try PostgresConfiguration(url: server.url)
        let silent = try await PostgresConnection.connect(configuration)
        let never = Task { try await silent.execute("SELECT 1") }
        let observer = Slow()
        configuration.observers = [observer]
        let connection = try await PostgresConnection.connect(configuration)
        var early = 0
        for number in 0..<count {
            let rows = try await connection.query("SELECT 1")
            // Meanwhile the loop has read the answer, and tells of it when the caller comes to take it.
            Self.work(for: .milliseconds(2))
            for try await _ in rows {}
            if observer.endCount != number + 1 { early += 1 }
        }
        #expect(early == 0)
        connection.close()
        silent.close()
        await #expect(throws: PostgresError.self) { try await never.value }
    }
}
