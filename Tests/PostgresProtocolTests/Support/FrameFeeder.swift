import PostgresProtocol

/// Takes bytes in pieces of any size and hands out whole messages, as the driver's receive buffer does.
struct FrameFeeder {
    private var pending: [UInt8] = []
    let limit: Int

    init(limit: Int = FrameHeader.maximumBodyBytes) { self.limit = limit }

    /// How many bytes wait for the rest of their message.
    var pendingBytes: Int { pending.count }

    /// Takes a piece and returns the messages that are complete now.
    mutating func feed(_ piece: some Sequence<UInt8>) throws(WireFault) -> [Message] {
        pending.append(contentsOf: piece)
        var messages: [Message] = []
        var start = 0
        while let header = try FrameHeader.read(pending.span.bytes.extracting(start...), limit: limit) {
            let end = start + FrameHeader.byteCount + header.bodyBytes
            guard end <= pending.count else { break }
            messages.append(Message(header.tag, Array(pending[(start + FrameHeader.byteCount)..<end])))
            start = end
        }
        pending.removeFirst(start)
        return messages
    }
}
