/// Follows a session after its start: matches what the server sends with what was asked, in order.
///
/// It is the one place that knows which replies are still owed. It sees one message at a time and tells the driver
/// what the message means; the driver keeps rows and wakes callers. Notices, parameter changes and notifications may
/// come at any time.
/// Source: PostgreSQL 18 manual, "Message Flow".
public struct SessionMachine: Sendable {
    /// What a message means to the driver.
    public enum Action: Sendable, Equatable {
        /// Nothing to do.
        case none
        /// The current statement has been parsed.
        case parsed
        /// The body holds the parameter types of the current statement.
        case parameterTypes
        /// The body describes the columns of the current statement.
        case columns
        /// The current statement returns no rows.
        case noColumns
        /// The body is a row of the current statement.
        case row
        /// The current statement is done; this is its tag.
        case completed(CommandTag)
        /// The current statement has returned as many rows as it was asked for.
        case suspended
        /// The server waits for the data of a COPY.
        case copyIn(CopyResponse)
        /// The server begins to send the data of a COPY.
        case copyOut(CopyResponse)
        /// The body is a piece of the data of a COPY.
        case copyData
        /// The data of a COPY have ended.
        case copyDone
        /// The current statement failed; what follows it up to the Sync is skipped.
        case failed(DiagnosticFields)
        /// The current exchange is over and the next one is current.
        case finished(TransactionStatus)
        /// A notice, at no particular time.
        case notice(DiagnosticFields)
        /// A parameter has changed.
        case parameter(ParameterStatus)
        /// A notification has come.
        case notification(NotificationResponse)
        /// The server ends the session.
        case terminated(DiagnosticFields)
    }

    private enum Phase: Sendable {
        case idle
        case closing
        case parse
        case describeParameters
        case describeColumns
        case bind
        case result
        case copyingIn
        case copiedIn
        case copyingOut
        case copiedOut
        case simple
        case simpleRows
        case sync
        case skipping
        case ended
    }

    /// What a Describe has said of the current statement.
    private enum Shape: Sendable {
        case unknown
        case columns
        case noColumns
    }

    private var exchanges = ExchangeQueue()
    private var statement = 0
    private var closesLeft = 0
    private var shape = Shape.unknown
    private var phase = Phase.idle
    /// The state of the transaction, as of the last ReadyForQuery.
    public private(set) var transactionStatus = TransactionStatus.idle

    /// Creates a machine for a session that is ready.
    public init() {}

    /// How many exchanges are owed.
    public var owed: Int { exchanges.count }

    /// The place of the current statement in the current exchange, from 0.
    public var statementIndex: Int { statement }

    /// Whether rows of the current statement may come now, so that the driver may take a DataRow without asking.
    public var takesRows: Bool {
        switch phase {
        case .result: shape != .noColumns
        case .simpleRows: true
        default: false
        }
    }

    /// Whether the session cannot go on: the server ended it, or what came could not be trusted.
    public var hasEnded: Bool { phase == .ended }

    /// Notes that the messages of `exchange` have been written.
    public mutating func sent(_ exchange: Exchange) {
        exchanges.append(exchange)
        if exchanges.count == 1, phase == .idle { beginExchange() }
    }

    /// Notes that a CopyDone or a CopyFail has been written: only from now on may the server complete a COPY.
    public mutating func sentCopyEnd() {
        if phase == .copyingIn { phase = .copiedIn }
    }

    /// Takes one message.
    ///
    /// - Throws: `malformed` or `violation`; from then on every message is refused, as it is after `terminated`.
    public mutating func received(_ tag: BackendTag, _ body: RawSpan) throws(SessionFault) -> Action {
        if tag == .dataRow, takesRows { return .row }
        do {
            return try take(tag, body)
        } catch {
            phase = .ended
            switch error {
            case let fault as WireFault: throw .malformed(fault)
            case let violation as ProtocolViolation: throw .violation(violation)
            default: throw .violation(unexpected(tag))
            }
        }
    }

    private mutating func take(_ tag: BackendTag, _ body: RawSpan) throws -> Action {
        if phase == .ended { throw unexpected(tag) }
        switch tag {
        case .noticeResponse: return .notice(try DiagnosticFields(body))
        case .parameterStatus: return .parameter(try ParameterStatus(body))
        case .notificationResponse: return .notification(try NotificationResponse(body))
        case .errorResponse: return try failed(try DiagnosticFields(body))
        default: return try advance(tag, body)
        }
    }

    private mutating func failed(_ fields: DiagnosticFields) throws -> Action {
        guard phase != .idle, !fields.isFatal else {
            phase = .ended
            return .terminated(fields)
        }
        guard phase != .skipping else { throw unexpected(.errorResponse) }
        phase = .skipping
        return .failed(fields)
    }

    private mutating func advance(_ tag: BackendTag, _ body: RawSpan) throws -> Action {
        switch (phase, tag) {
        case (.result, .commandComplete):
            let tag = try CommandTag(body)
            beginStatement(statement + 1)
            return .completed(tag)
        case (.bind, .bindComplete):
            try empty(body)
            phase = .result
            return .none
        case (.sync, .readyForQuery), (.skipping, .readyForQuery):
            return try finish(body)
        case (.parse, .parseComplete):
            try empty(body)
            afterParse()
            return .parsed
        case (.describeParameters, .parameterDescription):
            phase = .describeColumns
            return .parameterTypes
        case (.describeColumns, .rowDescription):
            shape = .columns
            afterDescribe()
            return .columns
        case (.describeColumns, .noData):
            try empty(body)
            shape = .noColumns
            afterDescribe()
            return .noColumns
        case (.closing, .closeComplete):
            try empty(body)
            closesLeft -= 1
            if closesLeft == 0 { beginStatement(0) }
            return .none
        case (.result, .emptyQueryResponse) where shape != .columns:
            try empty(body)
            beginStatement(statement + 1)
            return .completed(CommandTag(text: ""))
        case (.result, .portalSuspended) where shape != .noColumns && isLimited:
            try empty(body)
            beginStatement(statement + 1)
            return .suspended
        case (.simple, _), (.simpleRows, _):
            return try advanceSimple(tag, body)
        default:
            return try advanceCopy(tag, body)
        }
    }

    /// The simple protocol: results until ReadyForQuery, at least one.
    private mutating func advanceSimple(_ tag: BackendTag, _ body: RawSpan) throws -> Action {
        switch (phase, tag) {
        case (.simple, .rowDescription):
            phase = .simpleRows
            return .columns
        case (_, .commandComplete):
            let tag = try CommandTag(body)
            nextSimpleResult()
            return .completed(tag)
        case (.simple, .emptyQueryResponse):
            try empty(body)
            nextSimpleResult()
            return .completed(CommandTag(text: ""))
        case (.simple, .readyForQuery) where statement > 0:
            return try finish(body)
        case (.simple, .copyInResponse), (.simple, .copyOutResponse):
            return try advanceCopy(tag, body)
        default:
            throw unexpected(tag)
        }
    }

    private mutating func advanceCopy(_ tag: BackendTag, _ body: RawSpan) throws -> Action {
        switch (phase, tag) {
        case (.simple, .copyInResponse), (.result, .copyInResponse):
            guard shape != .columns else { throw unexpected(tag) }
            let response = try CopyResponse(body)
            phase = .copyingIn
            return .copyIn(response)
        case (.simple, .copyOutResponse), (.result, .copyOutResponse):
            guard shape != .columns else { throw unexpected(tag) }
            let response = try CopyResponse(body)
            phase = .copyingOut
            return .copyOut(response)
        case (.copyingOut, .copyData):
            return .copyData
        case (.copyingOut, .copyDone):
            try empty(body)
            phase = .copiedOut
            return .copyDone
        case (.copiedIn, .commandComplete), (.copiedOut, .commandComplete):
            let tag = try CommandTag(body)
            if exchanges.first?.content == .simple {
                nextSimpleResult()
            } else {
                beginStatement(statement + 1)
            }
            return .completed(tag)
        default:
            throw unexpected(tag)
        }
    }

    private mutating func beginExchange() {
        statement = 0
        shape = .unknown
        guard let exchange = exchanges.first else {
            phase = .idle
            return
        }
        closesLeft = exchange.closes
        if closesLeft > 0 { phase = .closing } else { beginStatement(0) }
    }

    private mutating func beginStatement(_ index: Int) {
        statement = index
        shape = .unknown
        guard let exchange = exchanges.first else { return }
        if exchange.content == .simple {
            phase = .simple
            return
        }
        while let steps = exchange.steps(statement) {
            if steps.owesAnything {
                if steps.contains(.parse) { phase = .parse } else { afterParse() }
                return
            }
            statement += 1
        }
        phase = .sync
    }

    private mutating func afterParse() {
        guard let steps = exchanges.first?.steps(statement) else { return }
        if steps.contains(.describe) { phase = .describeParameters } else { afterDescribe() }
    }

    private mutating func afterDescribe() {
        guard let steps = exchanges.first?.steps(statement) else { return }
        if steps.contains(.execute) {
            phase = .bind
        } else if steps.contains(.resume) {
            phase = .result
        } else {
            beginStatement(statement + 1)
        }
    }

    private mutating func nextSimpleResult() {
        phase = .simple
        statement += 1
    }

    private var isLimited: Bool { exchanges.first?.steps(statement)?.contains(.limited) ?? false }

    private mutating func finish(_ body: RawSpan) throws -> Action {
        transactionStatus = try TransactionStatus(readyForQuery: body)
        exchanges.removeFirst()
        beginExchange()
        return .finished(transactionStatus)
    }

    private func empty(_ body: RawSpan) throws {
        guard body.byteCount == 0 else { throw WireFault.trailingBytes(count: body.byteCount, offset: 0) }
    }

    private func unexpected(_ tag: BackendTag) -> ProtocolViolation {
        ProtocolViolation(expected: expectation, received: tag)
    }

    private var expectation: String {
        switch phase {
        case .idle: "nothing"
        case .closing: "CloseComplete"
        case .parse: "ParseComplete"
        case .describeParameters: "ParameterDescription"
        case .describeColumns: "RowDescription or NoData"
        case .bind: "BindComplete"
        case .result where shape == .noColumns: "CommandComplete"
        case .result, .simpleRows: "rows or CommandComplete"
        case .copyingIn: "nothing before the data of the COPY are sent"
        case .copyingOut: "CopyData or CopyDone"
        case .copiedIn, .copiedOut: "CommandComplete of a COPY"
        case .simple where statement == 0: "a result"
        case .simple: "the next result or ReadyForQuery"
        case .sync, .skipping: "ReadyForQuery"
        case .ended: "nothing after the end of the session"
        }
    }
}
