internal import PostgresCodecs
internal import PostgresProtocol

/// The errors of this module, each made in one place.
extension PostgresError {
    /// What the server says of a statement, of which a part may have been committed already.
    static func server(_ fields: DiagnosticFields, mayHaveCommitted: Bool = false) -> PostgresError {
        // 40003: the server itself does not know whether the statement completed.
        let isUnknown = mayHaveCommitted || fields.sqlState == "40003"
        return PostgresError(.server, effect: isUnknown ? .unknown : .rolledBack, reason: "", server: fields)
    }

    static func broken(_ fault: SessionFault) -> PostgresError {
        PostgresError(
            .protocolViolation, effect: .unknown,
            reason: "\(fault); the connection was closed. Check that the peer is a PostgreSQL server",
            cause: fault)
    }

    static func lost(_ what: String) -> PostgresError {
        PostgresError(
            .connectionFailed, effect: .unknown,
            reason:
                "\(what) while a statement was under way. Look whether it took effect before you try again")
    }

    /// What the system says when it has nothing left for the thread that waits for sockets.
    static func noLoop(_ code: Int32) -> PostgresError {
        PostgresError(
            .connectionFailed, effect: .none,
            reason: "the system has no room for the thread and the poller that connections need:"
                + " \(errorText(code)). Raise the limit of open files or of threads, and connect again")
    }

    static func ended(by fields: DiagnosticFields) -> PostgresError {
        PostgresError(
            .connectionClosed, effect: .unknown, reason: "the server ended the session", server: fields)
    }

    static let closed = PostgresError(
        .connectionClosed, effect: .none, reason: "the connection was closed before the call. Use another one"
    )

    static let cancelledBeforeStart = PostgresError(
        .cancelled, effect: .none, reason: "the task was cancelled before anything was sent")

    static func encoding(_ fault: EncodingFault, parameter: Int) -> PostgresError {
        PostgresError(
            .encoding, effect: .none, reason: "parameter $\(parameter) cannot be sent: \(fault)", cause: fault
        )
    }

    static func decoding(_ fault: DecodingFault, _ column: Column) -> PostgresError {
        var error = PostgresError(
            .decoding, effect: .unknown,
            reason: "column \(column.index) \"\(column.name)\" of type \(column.type) cannot be read as"
                + " \(column.wantedType): \(fault.explanation)", cause: fault)
        error.column = column
        return error
    }

    static func noType(named name: String) -> PostgresError {
        PostgresError(
            .encoding, effect: .none,
            reason: "the database has no type \(name). Create it, name its schema, or set search_path")
    }

    static func unknownInCopy(_ name: String) -> PostgresError {
        PostgresError(
            .encoding, effect: .none,
            reason: "the number of the type \(name) is not known and cannot be asked for during a COPY."
                + " Call type(named:) before it")
    }

    static func zeroCharacter(in what: String) -> PostgresError {
        PostgresError(
            .encoding, effect: .none,
            reason: "\(what) contains the character U+0000, which PostgreSQL cannot take")
    }

    static func rowCount(_ count: Int, wanted: String) -> PostgresError {
        PostgresError(
            .unexpectedResult, effect: .unknown, reason: "the statement returned \(count) rows, not \(wanted)"
        )
    }

    static func columnCount(_ count: Int, wanted: Int) -> PostgresError {
        PostgresError(
            .unexpectedResult, effect: .unknown,
            reason: "the statement returns \(count) columns, \(wanted) were asked for")
    }

    static let unspliceable = PostgresError(
        .invalidUse, effect: .none,
        reason:
            "a query with placeholders written by hand was spliced into another. Interpolate its values instead"
    )

    static let parametersInSimpleMode = PostgresError(
        .invalidUse, effect: .none,
        reason: "the statement mode simple has no parameters. Use unnamed, or a statement without values")

    static let severalStatements = PostgresError(
        .unexpectedResult, effect: .unknown,
        reason: "the text holds another number of statements than one, and all of it was run. Use script")

    static let tooManyParameters = PostgresError(
        .encoding, effect: .none, reason: "a statement takes at most 65,535 parameters. Bind an array instead"
    )

    static let tooLarge = PostgresError(
        .encoding, effect: .none, reason: "the parameters are larger than the 1 GiB that a message may have")

    static func noColumn(at index: Int, of count: Int) -> PostgresError {
        PostgresError(
            .unexpectedResult, effect: .unknown,
            reason: "the result has \(count) columns and none at \(index), counted from 0")
    }

    static func noColumn(named name: String) -> PostgresError {
        PostgresError(.unexpectedResult, effect: .unknown, reason: "the result has no column \"\(name)\"")
    }

    static let commitRolledBack = PostgresError(
        .transactionRolledBack, effect: .rolledBack,
        reason: "the transaction was rolled back, since one of its statements had failed")

    static let otherTransaction = PostgresError(
        .invalidUse, effect: .none,
        reason: "an inner transaction asks for an isolation or access that the outer one was not begun with."
            + " Begin the outer one with it")

    static func idleInTransaction(_ limit: Duration) -> PostgresError {
        PostgresError(
            .timedOut, effect: .rolledBack,
            reason: "a transaction waited longer than \(limit) for its next statement and the connection was"
                + " closed. Do slow work before it begins, or raise idleInTransactionTimeout")
    }

    /// The error for calls that come after the one that ended the session: nothing of them was sent.
    var again: PostgresError {
        var error = self
        if effect == .unknown { error.effect = .none }
        guard code == .connectionFailed || code == .protocolViolation else { return error }
        error.code = .connectionClosed
        error.reason = "the connection had ended before the call, of which nothing was sent. Use another one"
        error.cause = self
        return error
    }

    /// The same error for a call whose task was cancelled: 57014 is then the answer to our own request.
    var cancelled: PostgresError {
        guard sqlState == "57014" else { return self }
        var error = self
        error.code = .cancelled
        error.reason = "the task was cancelled and the server stopped the statement"
        return error
    }

    static let poolClosed = PostgresError(.poolExhausted, effect: .none, reason: "the pool was shut down")

    static let tooManyWaiters = PostgresError(
        .poolExhausted, effect: .none,
        reason: "too many callers wait for a connection already. Raise maximumConnections or lower the load")

    static func acquireTimedOut(_ timeout: Duration, last: PostgresError?) -> PostgresError {
        let why = last.map { "the last attempt to connect failed: \($0)" } ?? "all connections are lent"
        return PostgresError(
            .timedOut, effect: .none, reason: "no connection within \(timeout); \(why)", server: nil,
            cause: last)
    }

    /// The same error for a call whose deadline had passed.
    var late: PostgresError {
        guard sqlState == "57014" || code == .connectionFailed else { return self }
        var error = self
        error.code = .timedOut
        error.reason =
            sqlState == "57014"
            ? "the deadline of the statement passed and the server stopped it"
            : "the deadline of the statement passed and the server did not answer; the connection was closed"
        return error
    }

    static let notACopy = PostgresError(
        .invalidUse, effect: .unknown, reason: "the statement is not a COPY from the client")

    static func wouldDeadlock(heldSince sites: [String]) -> PostgresError {
        PostgresError(
            .invalidUse, effect: .none,
            reason:
                "every connection is held by a task that waits for another one; this task holds one since "
                + sites.joined(separator: ", ")
                + ". Use the connection that was lent, or raise maximumConnections")
    }

    static let cancelledTooLate = PostgresError(
        .cancelled, effect: .unknown,
        reason:
            "the task was cancelled; the statement ended before the server could stop it, and rows were dropped"
    )

    static let timedOutTooLate = PostgresError(
        .timedOut, effect: .unknown,
        reason:
            "the deadline of the statement passed; it ended before the server could stop it, and rows were dropped"
    )

    static let cancelledInPipeline = PostgresError(
        .cancelled, effect: .unknown,
        reason: "the task was cancelled; its statement stood in a pipeline with others and was not stopped")

    static let timedOutInPipeline = PostgresError(
        .timedOut, effect: .unknown,
        reason: "the deadline of the statement passed; it stood in a pipeline with others and was not stopped"
    )
}
