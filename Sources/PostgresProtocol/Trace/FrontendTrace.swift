/// Reads the client's messages for a trace.
///
/// Source: PostgreSQL 18 manual, "Message Formats".
struct FrontendTrace {
    /// What a message without a type is.
    enum Untyped {
        case startup
        case encryptionRequest
        case cancelRequest
        case unknown
    }

    let showsValues: Bool
    /// What the server's last Authentication asked for.
    let authentication: Int32?

    /// Reads a message that has no type byte.
    func untyped(_ frame: TraceSplitter.Frame) -> (TracedMessage, Untyped) {
        var message = TracedMessage(.frontend, "StartupMessage", byteCount: frame.byteCount)
        var kind = Untyped.unknown
        do throws(WireFault) {
            var reader = ByteReader(frame.body.span.bytes)
            let code = try reader.integer(Int32.self)
            switch code {
            case 80_877_103, 80_877_104:
                message.name = code == 80_877_103 ? "SSLRequest" : "GSSENCRequest"
                kind = .encryptionRequest
            case 80_877_102:
                message.name = "CancelRequest"
                kind = .cancelRequest
                message.fields.append(.init("process", String(try reader.integer(Int32.self))))
                message.fields.append(.init("key", TraceText.hidden(reader.rest().byteCount) + " hidden"))
            default:
                kind = .startup
                message.fields.append(.init("version", "\(code >> 16).\(code & 0xFFFF)"))
                try startup(&reader, &message.fields)
            }
            try reader.finish()
        } catch {
            message.fault = error
        }
        return (message, kind)
    }

    @_lifetime(reader: copy reader)
    private func startup(_ reader: inout ByteReader, _ fields: inout [TracedMessage.Field]) throws(WireFault)
    {
        while true {
            let name = try reader.repairedZeroTerminatedString()
            if name.isEmpty { return }
            fields.append(.init(name, try reader.repairedZeroTerminatedString()))
        }
    }

    /// Reads any other message.
    func message(_ frame: TraceSplitter.Frame) -> TracedMessage {
        let type = frame.type ?? 0
        var message = TracedMessage(.frontend, name(type), byteCount: frame.byteCount)
        guard !frame.isCut || type == UInt8(ascii: "d") else {
            message.fields = [.init("body", "too large to be shown")]
            return message
        }
        do throws(WireFault) {
            var reader = ByteReader(frame.body.span.bytes)
            try read(type, &reader, frame, &message.fields)
            try reader.finish()
        } catch {
            message.fault = error
        }
        return message
    }

    private func name(_ type: UInt8) -> String {
        switch UnicodeScalar(type) {
        case "B": "Bind"
        case "C": "Close"
        case "D": "Describe"
        case "E": "Execute"
        case "F": "FunctionCall"
        case "H": "Flush"
        case "P": "Parse"
        case "Q": "Query"
        case "S": "Sync"
        case "X": "Terminate"
        case "c": "CopyDone"
        case "d": "CopyData"
        case "f": "CopyFail"
        case "p" where authentication == 10: "SASLInitialResponse"
        case "p" where authentication == 11: "SASLResponse"
        case "p": "PasswordMessage"
        default: "unknown"
        }
    }

    @_lifetime(reader: copy reader)
    private func read(
        _ type: UInt8, _ reader: inout ByteReader, _ frame: TraceSplitter.Frame,
        _ fields: inout [TracedMessage.Field]
    ) throws(WireFault) {
        switch UnicodeScalar(type) {
        case "B": try bind(&reader, &fields)
        case "C", "D":
            let kind = try reader.integer(UInt8.self) == UInt8(ascii: "S") ? "statement" : "portal"
            fields.append(.init(kind, try reader.repairedZeroTerminatedString()))
        case "E":
            fields.append(.init("portal", try reader.repairedZeroTerminatedString()))
            let rows = try reader.integer(Int32.self)
            fields.append(.init("rows", rows == 0 ? "all" : String(rows)))
        case "P":
            fields.append(.init("statement", try reader.repairedZeroTerminatedString()))
            fields.append(.init("sql", try reader.repairedZeroTerminatedString()))
            let types = try list(&reader, UInt32.self).map(String.init)
            if !types.isEmpty { fields.append(.init("types", types.joined(separator: ","))) }
        case "Q": fields.append(.init("sql", try reader.repairedZeroTerminatedString()))
        case "d":
            let bytes = reader.rest()
            fields.append(
                .init(
                    "data",
                    frame.isCut
                        ? TraceText.hidden(frame.byteCount - 5)
                        : TraceText.value(bytes, isShown: showsValues)))
        case "f": fields.append(.init("reason", try reader.repairedZeroTerminatedString()))
        case "p" where authentication == 10:
            fields.append(.init("mechanism", try reader.repairedZeroTerminatedString()))
            fields.append(.init("data", TraceText.hidden(max(0, reader.rest().byteCount - 4)) + " hidden"))
        case "p": fields.append(.init("secret", TraceText.hidden(reader.rest().byteCount) + " hidden"))
        case "H", "S", "X", "c": break
        case "F": fields.append(.init("body", TraceText.hidden(reader.rest().byteCount)))
        default: throw .unknownCode(Int(type), offset: 0)
        }
    }

    @_lifetime(reader: copy reader)
    private func bind(
        _ reader: inout ByteReader, _ fields: inout [TracedMessage.Field]
    ) throws(WireFault) {
        fields.append(.init("portal", try reader.repairedZeroTerminatedString()))
        fields.append(.init("statement", try reader.repairedZeroTerminatedString()))
        let formats = try list(&reader, Int16.self)
        let count = Int(try reader.integer(UInt16.self))
        var values: [String] = []
        for _ in 0..<count {
            let length = Int(try reader.integer(Int32.self))
            values.append(
                length == -1
                    ? "NULL" : TraceText.value(try reader.bytes(count: length), isShown: showsValues))
        }
        if !values.isEmpty {
            fields.append(.init("parameters", values.joined(separator: ", ")))
            fields.append(.init("formats", TraceFormats.text(formats)))
        }
        fields.append(.init("results", TraceFormats.text(try list(&reader, Int16.self))))
    }

    @_lifetime(reader: copy reader)
    private func list<Value: FixedWidthInteger & BitwiseCopyable>(
        _ reader: inout ByteReader, _ type: Value.Type
    ) throws(WireFault) -> [Value] {
        let count = Int(try reader.integer(UInt16.self))
        var values: [Value] = []
        for _ in 0..<count { values.append(try reader.integer(Value.self)) }
        return values
    }
}
