import FoundationEssentials
import PostgresProtocol
import TestSupport
import Testing

/// Conversations with a few things wrong in them: the machines refuse them, or what they accept is in order.
///
/// 240,000 inputs in a debug build, 2,000,000 in a release build; `ORCHESTRATOR_MUTATIONS` names another number.
@Suite struct MutationTests {
    private static let inputCount: Int = {
        if let text = ProcessInfo.processInfo.environment["ORCHESTRATOR_MUTATIONS"], let count = Int(text) {
            return count
        }
        #if DEBUG
        return 240_000
        #else
        return 2_000_000
        #endif
    }()

    private static let strangers = Message.samples.map(\.bytes)

    @Test(arguments: 0..<8 as Range<UInt64>)
    func `a mutated session is refused or in order`(shard: UInt64) throws {
        let bases = try SessionBase.all.get()
        var mutator = Mutator(seed: shard, strangers: Self.strangers)
        var outcomes: [SessionRun.Outcome: Int] = [:]
        for number in 0..<Self.inputCount / 10 {
            let base = bases[number % bases.count]
            let bytes = mutator.mutate(base.messages)
            let outcome = SessionRun.run(bytes, base.exchanges)
            outcomes[outcome, default: 0] += 1
            if outcome == .disorder { Issue.record("shard \(shard), input \(number): \(bytes.hexadecimal)") }
        }
        // The mutations are neither all harmless nor all plain to see.
        #expect((outcomes[.refused] ?? 0) > Self.inputCount / 40)
        #expect((outcomes[.finished] ?? 0) > Self.inputCount / 200)
        #expect((outcomes[.waiting] ?? 0) > Self.inputCount / 200)
    }

    @Test(arguments: 0..<2 as Range<UInt64>)
    func `a mutated login is refused or in order`(shard: UInt64) {
        var mutator = Mutator(seed: 100 + shard, strangers: Self.strangers)
        let logins: [[Message]] = [
            [.sasl, .saslContinue, .saslFinal, .authenticationOk, .parameterStatus, .backendKey, .ready],
            [.md5, .authenticationOk, .notice, .parameterStatus, .ready],
            [.authenticationOk, .backendKey, .ready],
        ]
        var readyCount = 0
        for number in 0..<Self.inputCount / 10 {
            let bytes = mutator.mutate(logins[number % logins.count].map(\.bytes))
            guard let start = Self.login(bytes) else { continue }
            readyCount += 1
            let tookProof = start.method != "scram-sha-256" || Self.contains(bytes, Message.saslFinal.bytes)
            if !tookProof { Issue.record("shard \(shard), input \(number): \(bytes.hexadecimal)") }
        }
        #expect(readyCount > Self.inputCount / 200)
    }

    /// The right conversations are accepted whole, or the tests above would show nothing.
    @Test func `the sessions that are mutated are right`() throws {
        for base in try SessionBase.all.get() {
            #expect(SessionRun.run(base.messages.flatMap { $0 }, base.exchanges) == .finished, "\(base.name)")
        }
    }

    /// The method by which a login has become ready; nil if it was refused or waits.
    private static func login(_ bytes: [UInt8]) -> (method: String, count: Int)? {
        var start = Start()
        var offset = 0
        let span = bytes.span.bytes
        do {
            let limit = FrameHeader.maximumBodyBytesBeforeAuthentication
            while let header = try FrameHeader.read(span.extracting(offset...), limit: limit) {
                let end = offset + FrameHeader.byteCount + header.bodyBytes
                guard end <= bytes.count else { return nil }
                let body = Array(bytes[(offset + FrameHeader.byteCount)..<end])
                if try start.receive(Message(header.tag, body)) == .ready {
                    return (start.machine.authenticationMethod, offset)
                }
                offset = end
            }
        } catch {
            return nil
        }
        return nil
    }

    private static func contains(_ bytes: [UInt8], _ part: [UInt8]) -> Bool {
        bytes.indices.dropLast(part.count - 1).contains { bytes[$0..<$0 + part.count].elementsEqual(part) }
    }
}
