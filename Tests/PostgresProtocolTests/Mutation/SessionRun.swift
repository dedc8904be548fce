import PostgresProtocol

/// Feeds bytes to frame reader, session machine and decoders as a driver does, and keeps count beside them.
struct SessionRun {
    /// What became of the bytes.
    enum Outcome: Hashable {
        /// They were refused, or the server ended the session.
        case refused
        /// They ended with every exchange answered.
        case finished
        /// They ended while more was owed, or in the middle of a message.
        case waiting
        /// They were accepted although they are not what was asked for.
        case disorder
    }

    private var machine = SessionMachine()
    private var exchanges: ArraySlice<Exchange>
    private var columns: Int?
    private var completedCount = 0
    private var hasFailed = false

    /// Sends `exchanges` ahead and then takes `bytes`.
    static func run(_ bytes: [UInt8], _ exchanges: [Exchange]) -> Outcome {
        var run = SessionRun(exchanges)
        do {
            return try run.take(bytes.span.bytes)
        } catch {
            return .refused
        }
    }

    private init(_ exchanges: [Exchange]) {
        self.exchanges = exchanges[...]
        for exchange in exchanges { machine.sent(exchange) }
    }

    private mutating func take(_ bytes: RawSpan) throws -> Outcome {
        var offset = 0
        while let header = try FrameHeader.read(
            bytes.extracting(offset...), limit: FrameHeader.maximumBodyBytes)
        {
            let end = offset + FrameHeader.byteCount + header.bodyBytes
            guard end <= bytes.byteCount else { return .waiting }
            let body = bytes.extracting(offset + FrameHeader.byteCount..<end)
            guard try isInOrder(try machine.received(header.tag, body), body) else { return .disorder }
            if machine.hasEnded { return .refused }
            offset = end
        }
        if machine.owed > 0 || offset < bytes.byteCount { return .waiting }
        return exchanges.isEmpty ? .finished : .disorder
    }

    /// Reads the body of a message as the driver does and checks that the message may come now.
    private mutating func isInOrder(_ action: SessionMachine.Action, _ body: RawSpan) throws -> Bool {
        switch action {
        case .parameterTypes: _ = try ParameterDescription.types(body)
        case .columns: columns = try FieldDescription.list(rowDescription: body).count
        case .noColumns: columns = 0
        case .row: if let columns { try DataRow.check(body, columns: columns) }
        case .copyIn: machine.sentCopyEnd()
        case .completed, .suspended:
            completedCount += 1
            columns = nil
            return !hasFailed
        case .failed:
            defer { hasFailed = true }
            return !hasFailed
        case .finished: return finish()
        default: break
        }
        return true
    }

    /// An exchange that has not failed has completed everything that was asked for.
    private mutating func finish() -> Bool {
        guard let exchange = exchanges.popFirst() else { return false }
        defer { (completedCount, hasFailed, columns) = (0, false, nil) }
        if hasFailed { return true }
        if exchange == .simple { return completedCount >= 1 }
        return completedCount == Self.executions(exchange)
    }

    /// How many Executes are in an exchange, found by comparing it with what it could be.
    private static func executions(_ exchange: Exchange) -> Int {
        let kinds: [Exchange.Steps] = [
            [.parse, .describe, .execute], [.execute], [.parse, .execute], [.resume, .limited], [.resume],
            [.parse, .describe, .execute, .limited],
        ]
        for closes in 0...1 {
            if kinds.contains(where: { exchange == .statement($0, closes: closes) }) { return 1 }
        }
        if exchange == .statement([.parse, .describe]) { return 0 }
        return exchange
            == .batch([
                [.parse, .describe, .execute], [.parse, .describe, .execute], [.parse, .describe, .execute],
            ])
            ? 3 : -1
    }
}
