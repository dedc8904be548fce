#if os(Linux)
import Foundation
import TestSupport
import Testing

/// Errors of system calls, put into an unmodified program with strace.
@Suite(.serialized) struct SystemCallIntegrationTests {
    /// How long a call of the client may take to report an error.
    private static let limit = Duration.seconds(1)

    private func choice() -> [Injection] {
        guard !Effort.isFull else { return Injection.all }
        var generator = SeededGenerator(seed: 13)
        // The first calls are those that every program makes.
        let early = Injection.all.filter { Int($0.when).map { $0 <= 4 } ?? false }
        // A connection that took an interruption of every second wait for "not yet" waited until its deadline.
        let waits = Injection.all.filter { $0.isInvisible && $0.when == "2+2" }
        return waits + Array(early.shuffled(using: &generator).prefix(24))
            + Array(Injection.all.shuffled(using: &generator).prefix(36))
    }

    private func fault(_ result: Probe.Result, _ injection: Injection) -> String? {
        if result.longestStep > Self.limit { return "a step took \(result.longestStep): \(result.end)" }
        switch result.code {
        case 0: return nil
        case 3 where !injection.isInvisible: return nil
        default: return "code \(result.code): \(result.end)"
        }
    }

    @Test func `the program does its work where nothing goes wrong`() async throws {
        let result = try await Probe.run(try await TestServer.url(), nil)
        #expect(result.code == 0)
        #expect(result.end == "end done")
    }

    @Test(.timeLimit(.minutes(30)))
    func `errors of system calls are reported at once and interruptions not at all`() async throws {
        if !Probe.hasTracer, ProcessInfo.processInfo.environment["CI"] == nil {
            try Test.cancel("strace is not installed")
        }
        let url = try await TestServer.url()
        let matrix = FaultMatrix("Errors of system calls, injected into a program")
        let faults = Faults()
        let injections = choice()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, injection) in injections.enumerated() {
                if index >= 3 { try await group.next() }
                group.addTask {
                    var result = try await Probe.run(url, injection)
                    // A busy machine can be slow once.
                    if result.longestStep > Self.limit { result = try await Probe.run(url, injection) }
                    let words = result.end.split(separator: " ")
                    let outcome =
                        result.code == 0
                        ? "answer" : words.dropFirst().prefix(2).joined(separator: ", effect ")
                    matrix.note(injection.kind, outcome, result.longestStep)
                    if let fault = fault(result, injection) { faults.add("\(injection): \(fault)") }
                }
            }
            try await group.waitForAll()
        }
        try matrix.publish(as: "system-calls")
        #expect(faults.all == [])
        #expect(injections.count >= Effort.count(60, full: 1_000))
        // Otherwise nothing was injected.
        #expect(matrix.count("connectionFailed, effect unknown") > 0)
        #expect(matrix.count("connectionFailed, effect none") > 0)
    }
}
#endif
