/// Turns what client and server send into messages that people can read.
///
/// It sees the bytes of one connection from the first one on, before encryption, in the order in which they were sent
/// and received. It never fails: what is no message is shown as such. It keeps at most 64 KiB of an unfinished message
/// of each side beside what one call brings.
public struct WireTracer: Sendable {
    private var frontend = TraceSplitter()
    private var backend = TraceSplitter()
    private let showsValues: Bool
    /// Whether the client's messages have a type byte by now.
    private var isStarted = false
    /// How many requests for encryption are to be answered, by one byte each.
    private var answersOwed = 0
    /// What the server's last Authentication asked for, which tells what the client's answer is.
    private var authentication: Int32?

    /// Begins with a new connection.
    ///
    /// - Parameter showsValues: Whether parameters, row data, COPY data, notification payloads and details of errors
    ///   are shown; their sizes are in any case.
    public init(showsValues: Bool = false) { self.showsValues = showsValues }

    /// Takes what the client sent and returns the messages that it completes.
    public mutating func sent(_ bytes: RawSpan) -> [TracedMessage] {
        frontend.append(bytes)
        var messages: [TracedMessage] = []
        do throws(WireFault) {
            while let frame = try frontend.next(isTyped: isStarted) { messages.append(read(frontend: frame)) }
        } catch {
            messages.append(TracedMessage(.frontend, "unreadable", byteCount: bytes.byteCount, fault: error))
        }
        return messages
    }

    /// Takes what the server sent and returns the messages that it completes.
    public mutating func received(_ bytes: RawSpan) -> [TracedMessage] {
        backend.append(bytes)
        var messages: [TracedMessage] = []
        do throws(WireFault) {
            while true {
                if answersOwed > 0 {
                    guard let answer = backend.nextByte() else { break }
                    answersOwed -= 1
                    messages.append(Self.answer(answer))
                    continue
                }
                guard let frame = try backend.next(isTyped: true) else { break }
                if frame.type == BackendTag.authentication.rawValue { note(authentication: frame.body) }
                messages.append(BackendTrace(showsValues: showsValues).message(frame))
            }
        } catch {
            messages.append(TracedMessage(.backend, "unreadable", byteCount: bytes.byteCount, fault: error))
        }
        return messages
    }

    private mutating func read(frontend frame: TraceSplitter.Frame) -> TracedMessage {
        let trace = FrontendTrace(showsValues: showsValues, authentication: authentication)
        guard frame.type == nil else { return trace.message(frame) }
        let (message, kind) = trace.untyped(frame)
        switch kind {
        case .startup: isStarted = true
        case .encryptionRequest: answersOwed += 1
        case .cancelRequest, .unknown: break
        }
        return message
    }

    private mutating func note(authentication body: [UInt8]) {
        guard body.count >= 4 else { return }
        authentication = Int32(truncatingIfNeeded: body[..<4].reduce(0) { $0 << 8 | Int($1) })
    }

    private static func answer(_ byte: UInt8) -> TracedMessage {
        let meaning =
            switch byte {
            case UInt8(ascii: "S"): "the server will speak TLS"
            case UInt8(ascii: "N"): "the server does not speak TLS"
            default: "no answer that the protocol knows"
            }
        let fault: WireFault? =
            byte == UInt8(ascii: "S") || byte == UInt8(ascii: "N")
            ? nil : .unknownCode(Int(byte), offset: 0)
        return TracedMessage(
            .backend, "EncryptionAnswer", byteCount: 1, fields: [.init("answer", meaning)], fault: fault)
    }
}
