import PostgresProtocol

/// The trace of a connection, both directions in pieces.
enum TraceBody {
    static func complaint(_ bytes: [UInt8]) -> String? {
        var input = FuzzInput(bytes)
        let flags = input.byte()
        var tracer = WireTracer(showsValues: flags & 1 != 0)
        var turns = 0
        while turns < 64, !input.rest.isEmpty {
            turns += 1
            let length = input.byte()
            let piece = length & 0x7f == 0x7f ? input.rest : input.take(length & 0x7f)
            if length & 0x7f == 0x7f { _ = input.take(piece.count) }
            let messages =
                length & 0x80 == 0 ? tracer.sent(piece.span.bytes) : tracer.received(piece.span.bytes)
            for message in messages { _ = message.description }
        }
        return nil
    }
}
