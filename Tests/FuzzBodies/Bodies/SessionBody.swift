import PostgresProtocol

/// Frames, the session machine and the decoders of messages, as a session uses them.
enum SessionBody {
    private static let plans: [[Exchange]] = [
        [.simple], [.statement([.parse, .describe, .execute])], [.statement([.execute])],
        [.statement([.parse, .describe])], [.statement([.resume, .limited], closes: 1)],
        [.batch([[.parse, .describe, .execute], [.execute], [.parse, .execute]], closes: 2)],
        [.simple, .simple, .statement([.parse, .describe, .execute])], [],
    ]

    static func complaint(_ bytes: [UInt8]) -> String? {
        var input = FuzzInput(bytes)
        var machine = SessionMachine()
        for exchange in input.choice(of: plans) { machine.sent(exchange) }
        let owed = machine.owed
        let rest = input.rest
        var offset = 0
        var columns = 0
        do {
            while let header = try FrameHeader.read(
                rest.span.bytes.extracting(offset...), limit: FrameHeader.maximumBodyBytes)
            {
                let end = offset + FrameHeader.byteCount + header.bodyBytes
                guard end <= rest.count else { return nil }
                let body = rest.span.bytes.extracting(offset + FrameHeader.byteCount..<end)
                let hadEnded = machine.hasEnded
                let action = try machine.received(header.tag, body)
                if hadEnded { return "a message was taken after the end" }
                if machine.owed > owed { return "more is owed than was sent" }
                switch action {
                case .parameterTypes: _ = try ParameterDescription.types(body)
                case .columns: columns = try FieldDescription.list(rowDescription: body).count
                case .row: try DataRow.check(body, columns: columns)
                case .copyIn: machine.sentCopyEnd()
                default: break
                }
                offset = end
            }
        } catch is SessionFault {
            return machine.hasEnded ? nil : "a session goes on after a fault"
        } catch {
            return nil
        }
        return nil
    }
}
