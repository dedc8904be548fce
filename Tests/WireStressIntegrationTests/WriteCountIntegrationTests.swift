#if os(Linux)
import Foundation
import PostgresWire
import TestSupport
import Testing

/// How many writes calls cost, counted by the system.
@Suite struct WriteCountIntegrationTests {
    /// The probe names each step on its standard output; between two names its writes to the server are counted.
    @Test(.timeLimit(.minutes(2)))
    func `a batch, a pipeline and a pipelined transaction are one write each`() async throws {
        let strace = try #require(StressProbe.program("strace"), "install strace, which counts the writes")
        let trace = FileManager.default.temporaryDirectory.appending(path: "trace-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: trace) }
        let port = try PostgresConfiguration(url: try await TestServer.url()).port
        _ = try await StressProbe.run(
            ["writes"],
            tracer: [
                strace, "-f", "-yy", "-qq", "-s", "64", "-o", trace.path, "-e",
                "trace=sendto,sendmsg,sendmmsg,write,writev,pwrite64",
            ])
        let counts = Self.writes(in: try String(contentsOf: trace, encoding: .utf8), port: port)
        StressSize.report(
            "writes to the server", counts.map { "\($0.step) \($0.count)" }.joined(separator: ", "))
        #expect(
            counts.map { "\($0.step) \($0.count)" } == [
                // 1: a new batch, whose statements are all prepared by it.
                "batch-new 1", "batch-again 1", "pipeline 1", "transaction 1", "batch-on-loop 1",
                "pipeline-on-loop 1", "transaction-on-loop 1", "concurrent-on-loop 1", "after-reset 1",
            ])
    }

    /// The steps and their writes, in order.
    static func writes(in trace: String, port: Int) -> [(step: String, count: Int)] {
        var counts: [(step: String, count: Int)] = []
        var isCounting = false
        for line in trace.split(separator: "\n") {
            if let mark = line.range(of: "step "), line.contains("write(1") {
                let step = line[mark.upperBound...].prefix { $0.isLetter || $0 == "-" }
                isCounting = step != "none"
                if isCounting { counts.append((String(step), 0)) }
            } else if isCounting, line.contains("->127.0.0.1:\(port)]"), !line.contains("resumed>") {
                counts[counts.count - 1].count += 1
            }
        }
        return counts
    }
}
#endif
