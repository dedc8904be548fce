import PostgresProtocol
import TestSupport
import Testing

@Suite struct FrameStreamTests {
    private let stream = Message.samples.flatMap(\.bytes)

    @Test func `glued messages come apart`() throws {
        var feeder = FrameFeeder()
        #expect(try feeder.feed(stream) == Message.samples)
        #expect(feeder.pendingBytes == 0)
    }

    @Test func `messages that come byte by byte are the same`() throws {
        var feeder = FrameFeeder()
        var messages: [Message] = []
        for byte in stream { messages += try feeder.feed([byte]) }
        #expect(messages == Message.samples)
    }

    @Test func `messages that are split at any byte are the same`() throws {
        for cut in 0...stream.count {
            var feeder = FrameFeeder()
            let messages = try feeder.feed(stream[..<cut]) + feeder.feed(stream[cut...])
            #expect(messages == Message.samples, "cut at \(cut)")
        }
    }

    @Test(arguments: 0..<50)
    func `messages that are cut at random are the same`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var feeder = FrameFeeder()
        var messages: [Message] = []
        var rest = stream[...]
        while !rest.isEmpty {
            let count = min(random.below(40), rest.count)
            messages += try feeder.feed(rest.prefix(count))
            rest = rest.dropFirst(count)
        }
        #expect(messages == Message.samples)
    }

    @Test func `a message that is cut off never comes out`() throws {
        for message in Message.samples {
            for count in 0..<message.bytes.count {
                var feeder = FrameFeeder()
                #expect(try feeder.feed(message.bytes.prefix(count)).isEmpty)
                #expect(feeder.pendingBytes == count)
            }
        }
    }

    @Test func `a wrong header is found before its body is awaited`() {
        var feeder = FrameFeeder()
        #expect(throws: WireFault.lengthOutOfRange(2, offset: 1)) {
            try feeder.feed(Message.ready.bytes + hex("31 00000002"))
        }
    }
}
