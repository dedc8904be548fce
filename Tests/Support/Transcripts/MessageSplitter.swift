/// Cuts what one side says into messages and names them; it knows no more of them than that.
struct MessageSplitter {
    private let speaker: Transcript.Speaker
    private var pending: [UInt8] = []
    /// Whether the next message of the client has no type: the first one, and one more after an SSLRequest.
    private var isUntyped: Bool
    /// How many single bytes the server still answers to requests for encryption.
    private var answers = 0

    init(_ speaker: Transcript.Speaker) {
        self.speaker = speaker
        isUntyped = speaker == .client
    }

    /// Notes that the client has asked for encryption, which the server answers by one byte.
    mutating func expectAnswer() { answers += 1 }

    /// Whether the next byte of the server is such an answer.
    var expectsAnswer: Bool { answers > 0 }

    /// Takes what is left of a message that never became complete.
    mutating func takeRest() -> [UInt8] {
        defer { pending = [] }
        return pending
    }

    /// Takes a piece and returns the messages that are complete now.
    mutating func take(_ piece: [UInt8]) -> [Transcript.Entry] {
        pending += piece
        var entries: [Transcript.Entry] = []
        while let entry = next() { entries.append(entry) }
        return entries
    }

    private mutating func next() -> Transcript.Entry? {
        if answers > 0 {
            guard let answer = pending.first else { return nil }
            answers -= 1
            pending.removeFirst()
            return Transcript.Entry(speaker, name: "EncryptionAnswer", bytes: [answer])
        }
        let typeBytes = isUntyped ? 0 : 1
        guard pending.count >= typeBytes + 4 else { return nil }
        let length = pending[typeBytes..<typeBytes + 4].reduce(0) { $0 << 8 | Int($1) }
        let end = typeBytes + length
        guard pending.count >= end else { return nil }
        let bytes = Array(pending[..<end])
        pending.removeFirst(end)
        guard isUntyped else {
            return Transcript.Entry(speaker, name: Self.name(speaker, bytes), bytes: bytes)
        }
        let code = bytes.count >= 8 ? Array(bytes[4..<8]) : []
        let isRequest = code == [0x04, 0xd2, 0x16, 0x2f] || code == [0x04, 0xd2, 0x16, 0x30]
        isUntyped = isRequest
        let name = isRequest ? "EncryptionRequest" : "StartupMessage"
        return Transcript.Entry(speaker, name: name, bytes: bytes)
    }

    private static func name(_ speaker: Transcript.Speaker, _ bytes: [UInt8]) -> String {
        let type = Character(UnicodeScalar(bytes[0]))
        let names = speaker == .client ? clientNames : serverNames
        return names[type] ?? "Unknown"
    }

    private static let clientNames: [Character: String] = [
        "B": "Bind", "C": "Close", "d": "CopyData", "c": "CopyDone", "f": "CopyFail", "D": "Describe",
        "E": "Execute", "H": "Flush", "F": "FunctionCall", "P": "Parse", "p": "PasswordOrSASL", "Q": "Query",
        "S": "Sync", "X": "Terminate",
    ]

    private static let serverNames: [Character: String] = [
        "R": "Authentication", "K": "BackendKeyData", "2": "BindComplete", "3": "CloseComplete",
        "C": "CommandComplete", "d": "CopyData", "c": "CopyDone", "G": "CopyInResponse",
        "H": "CopyOutResponse",
        "W": "CopyBothResponse", "D": "DataRow", "I": "EmptyQueryResponse", "E": "ErrorResponse",
        "V": "FunctionCallResponse", "v": "NegotiateProtocolVersion", "n": "NoData", "N": "NoticeResponse",
        "A": "NotificationResponse", "t": "ParameterDescription", "S": "ParameterStatus",
        "1": "ParseComplete",
        "s": "PortalSuspended", "Z": "ReadyForQuery", "T": "RowDescription",
    ]
}
