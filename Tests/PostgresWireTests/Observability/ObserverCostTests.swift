import CAllocations
import Locking
import PostgresProtocol
import TestSupport
import Testing

@testable import PostgresWire

/// What observing costs when nobody observes.
@Suite struct ObserverCostTests {
    private final class Thing {}

    /// How often the current thread asks for memory in `body`.
    private func count(_ body: () -> Void) -> Int {
        let before = allocations_of_this_thread()
        body()
        return allocations_of_this_thread() - before
    }

    /// Elsewhere, and under the sanitizers, allocations are not counted.
    private static let canCount = allocations_of_this_thread() >= 0

    @Test(.enabled(if: canCount)) func `the counter counts`() {
        var things: [Thing] = []
        things.reserveCapacity(8)
        #expect(count {} == 0)
        #expect(count { for _ in 0..<5 { things.append(Thing()) } } == 5)
        #expect(things.count == 5)
    }

    /// Allocations of everything that a statement, a notice and a loan do for observers, a hundred times.
    private func allocations(_ observers: [any ClientObserver]) async throws -> Int {
        let server = try ScriptedServer { session in try session.serve([]) }
        defer { server.stop() }
        var configuration = try PostgresClientConfiguration(url: server.url)
        configuration.observers = observers
        let connection = try await PostgresConnection.connect(configuration.server)
        defer { connection.close() }
        let client = PostgresClient(configuration)
        let lease = PooledConnection(number: 1, connection: connection)
        let session = connection.session
        let request = Session.Request.statements(["SELECT name FROM users WHERE id = \(7)"])
        let operation = Operation(statements: [], Session.Treatment())
        let fields = DiagnosticFields()
        func work() {
            for _ in 0..<100 {
                let query = session.observe(request)
                session.state.withLock { state in
                    var wakeups = Wakeups()
                    session.note(fields, &wakeups)
                    session.noteEnd(of: operation, &state, &wakeups)
                    wakeups.resume()
                }
                _ = client.observation.map { AcquireObservation($0, CallSite(file: "A.swift", line: 1)) }
                client.tellChanges()
                client.tellReturn(of: lease, .tidy)
                query?.refused(.closed)
            }
        }
        // The first time, the runtime makes what it keeps about the types.
        work()
        return count(work)
    }

    @Test(.enabled(if: canCount), .timeLimit(.minutes(1)))
    func `without an observer nothing is allocated for observers`() async throws {
        #expect(try await allocations([]) == 0)
    }

    @Test(.enabled(if: canCount), .timeLimit(.minutes(1)))
    func `the same with an observer allocates`() async throws {
        #expect(try await allocations([EventRecorder()]) >= 100)
    }
}
