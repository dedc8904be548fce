import PostgresWire
import TestSupport
import Testing

/// Row R14: a consumer that is slower than the server.
@Suite struct SlowConsumerIntegrationTests {
    /// In a process of its own, since other tests of this one use memory too.
    @Test(.timeLimit(.minutes(30)), arguments: ["rows", "copy"])
    func `a slow consumer of many rows keeps its memory`(source: String) async throws {
        let count = StressSize.pick(200_000, full: 10_000_000)
        let start = ContinuousClock.now
        let output = try await StressProbe.run(["slow-\(source)", "\(count)"])
        let numbers = try StressProbe.numbers(in: output)
        #expect(numbers["rows"] == count)
        #expect(numbers["bytes"] ?? 0 >= count * 1_000)
        #expect(numbers["errors"] == 0)
        let growth = (numbers["peak"] ?? .max / 2) - (numbers["baseline"] ?? 0)
        #expect(growth <= 64 * 1_024)
        StressSize.report(
            "R14 slow consumer, \(source)",
            "\(count) rows, \((numbers["bytes"] ?? 0) / 1_000_000) MB in \(start.duration(to: .now)): memory "
                + "grew by \(growth) KB over \(numbers["baseline"] ?? 0) KB")
    }
}
