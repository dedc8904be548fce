import PostgresProtocol
import TestSupport

/// Plays the part of a transcript after the login to a session machine and writes down what comes of it.
struct SessionReplay {
    private var machine = SessionMachine()
    private var events = ClientEvents()
    private var feeder = FrameFeeder()
    /// One line for each message that meant something.
    private(set) var trace: [String] = []

    /// Replays `transcript` from its first ReadyForQuery on.
    ///
    /// - Returns: The trace, and at its end how many exchanges are still owed if any are.
    static func trace(of transcript: Transcript, _ cuts: Cuts) throws -> [String] {
        let login = transcript.entries.firstIndex { $0.name == "ReadyForQuery" } ?? -1
        var replay = SessionReplay()
        var offset = 0
        var pending: [UInt8] = []
        for entry in transcript.entries[(login + 1)...] {
            if entry.speaker == .server {
                pending += entry.bytes
                continue
            }
            try replay.feed(cuts.pieces(of: pending, at: offset))
            offset += pending.count
            pending = []
            switch replay.events.take(entry) {
            case .sent(let exchange)?: replay.machine.sent(exchange)
            case .copyEnd?: replay.machine.sentCopyEnd()
            case nil: break
            }
        }
        try replay.feed(cuts.pieces(of: pending, at: offset))
        if replay.machine.owed > 0 { replay.trace.append("owed \(replay.machine.owed)") }
        return replay.trace
    }

    private mutating func feed(_ pieces: [ArraySlice<UInt8>]) throws {
        for piece in pieces {
            for message in try feeder.feed(piece) {
                let action = try machine.received(message.tag, message.body.span.bytes)
                if let line = try Self.line(action, message.body) { trace.append(line) }
            }
        }
    }

    private static func line(_ action: SessionMachine.Action, _ body: [UInt8]) throws -> String? {
        switch action {
        case .none: nil
        case .parsed: "parsed"
        case .parameterTypes:
            "parameters \(try ParameterDescription.types(body.span.bytes))"
        case .columns:
            "columns "
                + (try FieldDescription.list(rowDescription: body.span.bytes))
                .map { "\($0.name):\($0.typeOID)" }.joined(separator: " ")
        case .noColumns: "no columns"
        case .row: "row " + (try cells(body)).joined(separator: " ")
        case .completed(let tag): "completed \(tag.text)"
        case .suspended: "suspended"
        case .copyIn(let response): "copy in \(response.format) \(response.columns.count)"
        case .copyOut(let response): "copy out \(response.format) \(response.columns.count)"
        case .copyData: "data \(text(body))"
        case .copyDone: "copy done"
        case .failed(let fields): "failed \(fields.sqlState) \(fields.message)"
        case .finished(let status): "finished \(status)"
        case .notice(let fields): "notice \(fields.severity) \(fields.message)"
        case .parameter(let status): "parameter \(status.name)=\(status.value)"
        case .notification(let notification): "notification \(notification.channel) \(notification.payload)"
        case .terminated(let fields): "terminated \(fields.sqlState) \(fields.message)"
        }
    }

    private static func cells(_ body: [UInt8]) throws -> [String] {
        var reader = ByteReader(body.span.bytes)
        let count = Int(try reader.integer(UInt16.self))
        try DataRow.check(body.span.bytes, columns: count)
        var cells: [String] = []
        for _ in 0..<count {
            let length = Int(try reader.integer(Int32.self))
            if length < 0 {
                cells.append("NULL")
            } else {
                let cell = try reader.bytes(count: length)
                cells.append(text(cell.withUnsafeBytes { [UInt8]($0) }))
            }
        }
        return cells
    }

    /// Printable ASCII as it is, anything else in hexadecimal digits.
    private static func text(_ bytes: [UInt8]) -> String {
        bytes.allSatisfy { $0 > 0x20 && $0 < 0x7f }
            ? "'" + String(decoding: bytes, as: UTF8.self) + "'" : "x" + bytes.hexadecimal
    }
}
