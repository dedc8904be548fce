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

    enum Phase: Sendable, Equatable {
        case idle
        case closing(Int)
        case parse
        case describeParameters
        case describeColumns
        case bind
        case rows
        case copyingIn
        case copyingOut
        case copiedOut
        case simple
        case simpleRows
        case sync
        case skipping
    }

    private var exchanges = ExchangeQueue()
    private var statement = 0
    private(set) var phase = Phase.idle
    /// The state of the transaction, as of the last ReadyForQuery.
    public private(set) var transactionStatus = TransactionStatus.idle

    /// Creates a machine for a session that is ready.
    public init() {}

    /// How many exchanges are owed.
    public var owed: Int { exchanges.count }

    /// The place of the current statement in the current exchange, from 0.
    public var statementIndex: Int { statement }

    /// Whether rows of the current statement may come now, so that the driver may take a DataRow without asking.
    @inlinable
    public var takesRows: Bool { isInRows }

    @usableFromInline var isInRows: Bool { phase == .rows || phase == .simpleRows }

    /// Notes that the messages of `exchange` have been written.
    public mutating func sent(_ exchange: Exchange) {
        exchanges.append(exchange)
        if exchanges.count == 1 { beginExchange() }
    }

    /// Takes one message.
    public mutating func received(_ tag: BackendTag, _ body: RawSpan) throws(SessionFault) -> Action {
        do {
            switch tag {
            case .noticeResponse: return .notice(try DiagnosticFields(body))
            case .parameterStatus: return .parameter(try ParameterStatus(body))
            case .notificationResponse: return .notification(try NotificationResponse(body))
            case .errorResponse: return failed(try DiagnosticFields(body))
            default: return try advance(tag, body)
            }
        } catch let fault as WireFault {
            throw .malformed(fault)
        } catch let violation as ProtocolViolation {
            throw .violation(violation)
        } catch {
            throw .violation(unexpected(tag))
        }
    }

    private mutating func failed(_ fields: DiagnosticFields) -> Action {
        guard phase != .idle, !fields.isFatal else { return .terminated(fields) }
        phase = .skipping
        return .failed(fields)
    }

    private mutating func advance(_ tag: BackendTag, _ body: RawSpan) throws -> Action {
        switch (phase, tag) {
        case (.rows, .dataRow), (.simpleRows, .dataRow):
            return .row
        case (.rows, .commandComplete):
            let tag = try CommandTag(body)
            beginStatement(statement + 1)
            return .completed(tag)
        case (.bind, .bindComplete):
            try empty(body)
            phase = .rows
            return .none
        case (.sync, .readyForQuery), (.skipping, .readyForQuery), (.simple, .readyForQuery):
            return try finish(body)
        case (.parse, .parseComplete):
            try empty(body)
            afterParse()
            return .parsed
        case (.describeParameters, .parameterDescription):
            phase = .describeColumns
            return .parameterTypes
        case (.describeColumns, .rowDescription):
            afterDescribe()
            return .columns
        case (.describeColumns, .noData):
            try empty(body)
            afterDescribe()
            return .noColumns
        case (.closing(let left), .closeComplete):
            try empty(body)
            if left > 1 { phase = .closing(left - 1) } else { beginStatement(0) }
            return .none
        case (.rows, .emptyQueryResponse):
            try empty(body)
            beginStatement(statement + 1)
            return .completed(CommandTag(text: ""))
        case (.rows, .portalSuspended):
            try empty(body)
            beginStatement(statement + 1)
            return .suspended
        default:
            return try advanceRarely(tag, body)
        }
    }

    /// COPY and the simple protocol.
    private mutating func advanceRarely(_ tag: BackendTag, _ body: RawSpan) throws -> Action {
        switch (phase, tag) {
        case (.simple, .rowDescription):
            phase = .simpleRows
            return .columns
        case (.simple, .commandComplete), (.simpleRows, .commandComplete):
            phase = .simple
            statement += 1
            return .completed(try CommandTag(body))
        case (.simple, .emptyQueryResponse):
            try empty(body)
            statement += 1
            return .completed(CommandTag(text: ""))
        case (.simple, .copyInResponse), (.rows, .copyInResponse):
            let response = try CopyResponse(body)
            phase = .copyingIn
            return .copyIn(response)
        case (.copyingIn, .commandComplete):
            let tag = try CommandTag(body)
            afterCopy()
            return .completed(tag)
        case (.simple, .copyOutResponse), (.rows, .copyOutResponse):
            let response = try CopyResponse(body)
            phase = .copyingOut
            return .copyOut(response)
        case (.copyingOut, .copyData):
            return .copyData
        case (.copyingOut, .copyDone):
            try empty(body)
            phase = .copiedOut
            return .copyDone
        case (.copiedOut, .commandComplete):
            let tag = try CommandTag(body)
            afterCopy()
            return .completed(tag)
        default:
            throw unexpected(tag)
        }
    }

    private mutating func beginExchange() {
        guard let exchange = exchanges.first else {
            phase = .idle
            return
        }
        if exchange.closes > 0 { phase = .closing(exchange.closes) } else { beginStatement(0) }
    }

    private mutating func beginStatement(_ index: Int) {
        statement = index
        guard let exchange = exchanges.first else { return }
        if exchange.content == .simple {
            phase = .simple
            return
        }
        guard let steps = exchange.steps(index) else {
            phase = .sync
            return
        }
        if steps.contains(.parse) { phase = .parse } else { afterParse() }
    }

    private mutating func afterParse() {
        guard let steps = exchanges.first?.steps(statement) else { return }
        if steps.contains(.describe) { phase = .describeParameters } else { afterDescribe() }
    }

    private mutating func afterDescribe() {
        guard let steps = exchanges.first?.steps(statement) else { return }
        if steps.contains(.execute) { phase = .bind } else { beginStatement(statement + 1) }
    }

    private mutating func afterCopy() {
        if exchanges.first?.content == .simple {
            phase = .simple
            statement += 1
        } else {
            beginStatement(statement + 1)
        }
    }

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
        case .rows, .simpleRows: "rows or CommandComplete"
        case .copyingIn: "CommandComplete of a COPY"
        case .copyingOut: "CopyData or CopyDone"
        case .copiedOut: "CommandComplete of a COPY"
        case .simple: "the next result or ReadyForQuery"
        case .sync, .skipping: "ReadyForQuery"
        }
    }
}
