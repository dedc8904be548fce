import PostgresProtocol

/// A message of a server in a test: its type and its body.
struct Message: Sendable, Equatable {
    let tag: BackendTag
    let body: [UInt8]

    init(_ tag: BackendTag, _ body: [UInt8] = []) {
        self.tag = tag
        self.body = body
    }

    /// Lends the body to a decoder.
    func read<Value, Failure: Error>(_ decode: (RawSpan) throws(Failure) -> Value) throws(Failure) -> Value {
        try decode(body.span.bytes)
    }

    /// The message as it travels.
    var bytes: [UInt8] {
        let length = UInt32(body.count + 4)
        let word = (0..<4).map { UInt8(truncatingIfNeeded: length >> (24 - 8 * $0)) }
        return [tag.rawValue] + word + body
    }
}

extension Message {
    static let parseComplete = Message(.parseComplete)
    static let bindComplete = Message(.bindComplete)
    static let closeComplete = Message(.closeComplete)
    static let noData = Message(.noData)
    static let emptyQuery = Message(.emptyQueryResponse)
    static let portalSuspended = Message(.portalSuspended)
    static let copyDone = Message(.copyDone)
    static let ready = Message(.readyForQuery, [0x49])
    static let readyInTransaction = Message(.readyForQuery, [0x54])
    static let readyFailed = Message(.readyForQuery, [0x45])
    /// One parameter of type int4.
    static let parameters = Message(.parameterDescription, [0, 1, 0, 0, 0, 23])
    /// One column `n` of type int4 in binary.
    static let columns = Message(
        .rowDescription, [0, 1, 0x6e, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 23, 0, 4, 255, 255, 255, 255, 0, 1])
    /// One column: 7.
    static let row = Message(.dataRow, [0, 1, 0, 0, 0, 4, 0, 0, 0, 7])
    /// A binary COPY of one column.
    static let copyIn = Message(.copyInResponse, [1, 0, 1, 0, 1])
    static let copyOut = Message(.copyOutResponse, [1, 0, 1, 0, 1])
    static let copyData = Message(.copyData, [1, 2, 3])
    static let error = Message(.errorResponse, diagnostic(severity: "ERROR", state: "22012"))
    static let fatal = Message(.errorResponse, diagnostic(severity: "FATAL", state: "57P01"))
    static let notice = Message(.noticeResponse, diagnostic(severity: "NOTICE", state: "00000"))
    static let parameterStatus = Message(.parameterStatus, Array("TimeZone\0UTC\0".utf8))
    static let notification = Message(.notificationResponse, [0, 0, 0, 9] + Array("jobs\0go\0".utf8))

    static func complete(_ tag: String) -> Message { Message(.commandComplete, Array(tag.utf8) + [0]) }

    private static func diagnostic(severity: String, state: String) -> [UInt8] {
        Array("S\(severity)\0V\(severity)\0C\(state)\0Mtold so\0\0".utf8)
    }

    /// One well-formed message of every type.
    static let samples: [Message] = [
        Message(.authentication, [0, 0, 0, 0]), Message(.backendKeyData, [0, 0, 0, 9, 1, 2, 3, 4]),
        .bindComplete, .closeComplete, .complete("SELECT 1"), .copyData, .copyDone, .copyIn, .copyOut,
        Message(.copyBothResponse, [0, 0, 0]), .row, .emptyQuery, .error,
        Message(.functionCallResponse, [255, 255, 255, 255]),
        Message(.negotiateProtocolVersion, [0, 0, 0, 0, 0, 0, 0, 0]), .noData, .notice, .notification,
        .parameters, .parameterStatus, .parseComplete, .portalSuspended, .ready, .columns,
    ]
}

extension DiagnosticFields {
    /// What `Message.error`, `.fatal` and `.notice` carry.
    static func sample(_ severity: String, _ state: String) -> DiagnosticFields {
        var fields = DiagnosticFields()
        fields.severity = severity
        fields.localizedSeverity = severity
        fields.sqlState = state
        fields.message = "told so"
        return fields
    }
}
