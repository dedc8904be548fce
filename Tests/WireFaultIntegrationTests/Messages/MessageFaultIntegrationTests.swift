import Locking
import PostgresWire
import TestSupport
import Testing

/// Messages that are lost, doubled, out of order, from nowhere or with lengths that lie.
@Suite(.serialized) struct MessageFaultIntegrationTests {
    /// A role that logs in by SCRAM, as the role of the tests does.
    private func check(_ cases: [MessageCase], _ title: String, _ file: String) async throws {
        let url = try await TestServer.url()
        let matrix = FaultMatrix(title)
        let faults = Faults()
        let before = Memory.residentKiB
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, item) in cases.enumerated() {
                if index >= 3 { try await group.next() }
                group.addTask {
                    var outcome = try await item.run(url)
                    // A busy machine can be slow once.
                    if item.fault(outcome)?.hasPrefix("took") == true { outcome = try await item.run(url) }
                    let growth = max(0, Memory.residentKiB - before)
                    let name =
                        item.conversation.name == "probe"
                        ? item.name : "\(item.conversation.name): \(item.name)"
                    matrix.note(name, outcome.text, outcome.time, memoryKiB: growth)
                    if let fault = item.fault(outcome) { faults.add("\(name): \(fault)") }
                }
            }
            try await group.waitForAll()
        }
        try matrix.publish(as: file)
        #expect(faults.all == [])
        #expect(matrix.total == cases.count)
    }

    @Test(.timeLimit(.minutes(2)))
    func `an answer in disorder is refused and its connection closed`() async throws {
        try await check(MessageCase.disorder, "Answers in disorder", "disorder")
    }

    @Test(.timeLimit(.minutes(2)))
    func `messages from nowhere are refused, but those that may come at any time are not`() async throws {
        #expect(MessageCase.strays.count == 30)
        try await check(MessageCase.strays, "Messages from nowhere", "strays")
    }

    @Test(.timeLimit(.minutes(2)))
    func `a length that lies is refused before anything is allocated`() async throws {
        let before = Memory.residentKiB
        try await check(
            MessageCase.impossibleLengths + MessageCase.wrongLengths, "Lengths that lie", "lengths")
        // Each of them, believed, would take a gigabyte; the rest of the tests takes some memory meanwhile.
        #expect(Memory.residentKiB - before < 400_000)
    }

    @Test(.timeLimit(.minutes(2)))
    func `a login in disorder fails and proves nothing`() async throws {
        try await check(MessageCase.logins, "Logins in disorder", "logins")
    }

    @Test(.timeLimit(.minutes(2)))
    func `a COPY in disorder is an error`() async throws {
        try await check(MessageCase.copies, "COPY in disorder", "copies")
    }

    @Test(.timeLimit(.minutes(2)))
    func `errors, pipelines and scripts in disorder are errors`() async throws {
        try await check(MessageCase.exchanges, "Exchanges in disorder", "exchanges")
    }

    @Test(.timeLimit(.minutes(2)))
    func `a bad network changes no answer`() async throws {
        try await check(MessageCase.networks, "Networks", "networks")
    }

    @Test(.timeLimit(.minutes(2)))
    func `nobody talks a client out of TLS`() async throws {
        try await check(MessageCase.encryption, "The way to TLS", "encryption")
    }

    @Test(.timeLimit(.minutes(2)))
    func `bytes behind the answer to the request for TLS are named as an attack`() async throws {
        let injection = MessageCase.encryption.filter { $0.name.hasPrefix("bytes behind") }
        for item in injection {
            let outcome = try await item.run(try await TestServer.url())
            #expect(outcome.error?.reason.contains("somebody may stand between") == true)
        }
        #expect(injection.count == 2)
    }
}

/// What was wrong, from several tasks.
final class Faults: Sendable {
    private let state = Lock<[String]>([])

    func add(_ fault: String) { state.withLock { $0.append(fault) } }

    var all: [String] { state.withLock { $0 } }
}
