import PostgresWire
import TestSupport
import Testing

/// Writes that are larger than all buffers between client and server, while replies of that size come back.
@Suite struct BigWriteIntegrationTests {
    private static let statements = StressSize.pick(12, full: 200)
    private static let megabyte = 1_048_576

    @Test(.timeLimit(.minutes(5)), arguments: [true, false])
    func `a pipeline of megabytes each answered by a megabyte does not stand still`(
        onLoop: Bool
    ) async throws {
        let server = try PostgresConfiguration(url: try await TestServer.url())
        let start = ContinuousClock.now
        try await withOneConnection(to: server) { connection in
            let large = String(repeating: "x", count: Self.megabyte)
            let queries = (0..<Self.statements).map { number in
                "SELECT \(number), length(\(large)), repeat('y', \(Int32(Self.megabyte)))" as PostgresQuery
            }
            let results =
                onLoop
                ? try await withTaskExecutorPreference(connection.loop) {
                    try await connection.pipeline(queries)
                } : try await connection.pipeline(queries)
            #expect(results.count == Self.statements)
            for (number, result) in results.enumerated() {
                let (index, length, answer) = try result.get()[0].decode((Int, Int, String).self)
                #expect(index == number)
                #expect(length == Self.megabyte)
                #expect(answer.utf8.count == Self.megabyte)
            }
        }
        StressSize.report(
            "big writes",
            "\(Self.statements) statements of 1 MB answered by 1 MB each, on the loop: \(onLoop), in "
                + "\(start.duration(to: .now))")
    }

    @Test(.timeLimit(.minutes(5)))
    func `concurrent calls with megabytes in both directions each get their own answer`() async throws {
        let server = try PostgresConfiguration(url: try await TestServer.url())
        try await withOneConnection(to: server) { connection in
            let total = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<Self.statements {
                    group.addTask {
                        let large = String(repeating: "x", count: Self.megabyte + number)
                        let (length, answer) = try await connection.one(
                            "SELECT length(\(large)), repeat('y', \(Int32(Self.megabyte - number)))",
                            as: (Int, String).self)
                        return length + answer.utf8.count - 2 * Self.megabyte
                    }
                }
                return try await group.reduce(0) { $0 + abs($1) }
            }
            #expect(total == 0)
        }
    }
}
