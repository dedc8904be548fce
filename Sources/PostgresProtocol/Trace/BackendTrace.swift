/// Reads the server's messages for a trace.
///
/// Source: PostgreSQL 18 manual, "Message Formats".
struct BackendTrace {
    let showsValues: Bool

    func message(_ frame: TraceSplitter.Frame) -> TracedMessage {
        let type = frame.type ?? 0
        guard let tag = BackendTag(rawValue: type) else {
            return TracedMessage(
                .backend, "unknown", byteCount: frame.byteCount, fault: .unknownCode(Int(type), offset: 0))
        }
        var message = TracedMessage(.backend, Self.name(tag), byteCount: frame.byteCount)
        if frame.isCut {
            message.fields = [
                .init("body", "\(TraceText.hidden(frame.byteCount - 5)), too large to be shown")
            ]
            return message
        }
        do throws(WireFault) { message.fields = try fields(tag, frame.body.span.bytes, &message.name) } catch
        {
            message.fault = error
        }
        return message
    }

    private func fields(
        _ tag: BackendTag, _ body: RawSpan, _ name: inout String
    ) throws(WireFault) -> [TracedMessage.Field] {
        switch tag {
        case .authentication: return try authentication(body, &name)
        case .backendKeyData:
            let key = try BackendKey(body)
            return [
                .init("process", String(key.processID)),
                .init("key", TraceText.hidden(key.secret.count) + " hidden"),
            ]
        case .commandComplete: return [.init("tag", try CommandTag(body).text)]
        case .copyData: return [.init("data", TraceText.value(body, isShown: showsValues))]
        case .copyInResponse, .copyOutResponse, .copyBothResponse:
            let response = try CopyResponse(body)
            return [
                .init("format", TraceFormats.text([response.format.rawValue])),
                .init("columns", String(response.columns.count)),
            ]
        case .dataRow: return try row(body)
        case .errorResponse, .noticeResponse: return try diagnostics(body)
        case .negotiateProtocolVersion:
            let answer = try NegotiateProtocolVersion(body)
            return [
                .init("newest", "3.\(answer.minorVersion)"),
                .init("unknown", answer.unknownOptions.joined(separator: ",")),
            ]
        case .notificationResponse:
            let notification = try NotificationResponse(body)
            let payload = Array(notification.payload.utf8)
            return [
                .init("process", String(notification.processID)), .init("channel", notification.channel),
                .init("payload", TraceText.value(payload.span.bytes, isShown: showsValues)),
            ]
        case .parameterDescription:
            return [
                .init("types", try ParameterDescription.types(body).map(String.init).joined(separator: ","))
            ]
        case .parameterStatus:
            let status = try ParameterStatus(body)
            return [.init(status.name, status.value)]
        case .readyForQuery:
            return [.init("transaction", Self.name(try TransactionStatus(readyForQuery: body)))]
        case .rowDescription:
            let columns = try FieldDescription.list(rowDescription: body)
            return [.init("columns", columns.map { "\($0.name):\($0.typeOID)" }.joined(separator: ", "))]
        case .functionCallResponse: return [.init("body", TraceText.hidden(body.byteCount))]
        case .bindComplete, .closeComplete, .copyDone, .emptyQueryResponse, .noData, .parseComplete,
            .portalSuspended:
            guard body.byteCount == 0 else { throw .trailingBytes(count: body.byteCount, offset: 0) }
            return []
        }
    }

    private func row(_ body: RawSpan) throws(WireFault) -> [TracedMessage.Field] {
        var reader = ByteReader(body)
        let count = Int(try reader.integer(UInt16.self))
        var cells: [String] = []
        for _ in 0..<count {
            let length = Int(try reader.integer(Int32.self))
            cells.append(
                length == -1
                    ? "NULL" : TraceText.value(try reader.bytes(count: length), isShown: showsValues))
        }
        try reader.finish()
        return [.init("cells", cells.joined(separator: ", "))]
    }

    /// What the server reports; its detail and its context may quote row data.
    private func diagnostics(_ body: RawSpan) throws(WireFault) -> [TracedMessage.Field] {
        let report = try DiagnosticFields(body)
        var fields: [TracedMessage.Field] = [
            .init("severity", report.severity), .init("code", report.sqlState),
            .init("message", report.message),
        ]
        for (name, value) in [("detail", report.detail), ("context", report.context)] {
            guard let bytes = value.map({ Array($0.utf8) }) else { continue }
            fields.append(.init(name, TraceText.value(bytes.span.bytes, isShown: showsValues)))
        }
        if let hint = report.hint { fields.append(.init("hint", hint)) }
        if let position = report.position { fields.append(.init("position", String(position))) }
        if let constraint = report.constraintName { fields.append(.init("constraint", constraint)) }
        return fields
    }

    /// The kind of request is part of the name, as in the manual; salts and nonces are not shown.
    private func authentication(_ body: RawSpan, _ name: inout String) throws(WireFault) -> [TracedMessage
        .Field]
    {
        switch try AuthenticationRequest(body) {
        case .ok:
            name = "AuthenticationOk"
            return []
        case .cleartextPassword:
            name = "AuthenticationCleartextPassword"
            return []
        case .md5Password(let salt):
            name = "AuthenticationMD5Password"
            return [.init("salt", TraceText.hidden(salt.count) + " hidden")]
        case .sasl(let mechanisms):
            name = "AuthenticationSASL"
            return [.init("mechanisms", mechanisms.joined(separator: ", "))]
        case .saslContinue(let data):
            name = "AuthenticationSASLContinue"
            return [.init("data", TraceText.hidden(data.count) + " hidden")]
        case .saslFinal(let data):
            name = "AuthenticationSASLFinal"
            return [.init("data", TraceText.hidden(data.count) + " hidden")]
        case .unsupported(let code): return [.init("method", String(code))]
        }
    }

    private static func name(_ status: TransactionStatus) -> String {
        switch status {
        case .idle: "none"
        case .inTransaction: "open"
        case .failed: "failed"
        }
    }

    private static func name(_ tag: BackendTag) -> String {
        let name = String(describing: tag)
        return name.prefix(1).uppercased() + name.dropFirst()
    }
}
