public import PostgresProtocol

/// Everything that can go wrong between this program and a PostgreSQL server.
///
/// `description` is safe to log: it holds the code, the SQLSTATE, the server's primary message and what to do next.
/// The server's detail, which may quote row data, is only in `server`.
public struct PostgresError: Error, Sendable {
    /// What happened, in a few kinds.
    public enum Code: String, Sendable, Hashable {
        /// A connection string or an option makes no sense.
        case invalidConfiguration
        /// The server cannot be reached, or the connection broke.
        case connectionFailed
        /// The server refused the session: wrong password, no such database, too many connections.
        case connectionRefused
        /// The session was closed while or before it was used.
        case connectionClosed
        /// The server broke the protocol; the session was closed.
        case protocolViolation
        /// The server reported an error; `server` has its fields.
        case server
        /// A value cannot be sent.
        case encoding
        /// A cell cannot become the type that was asked for.
        case decoding
        /// The statement returned another number of rows or columns than was asked for.
        case unexpectedResult
        /// The task was cancelled.
        case cancelled
        /// A deadline passed.
        case timedOut
        /// The pool has no connection to lend, or was shut down.
        case poolExhausted
        /// COMMIT was answered with ROLLBACK, since a statement of the transaction had failed.
        case transactionRolledBack
        /// The call is not possible now, as a query during a COPY on the same connection.
        case invalidUse
    }

    /// Whether the server may have acted, and so whether the work may be tried again.
    public enum Effect: String, Sendable, Hashable {
        /// Nothing reached the server, or it did nothing.
        case none
        /// What it did has been, or will be, rolled back.
        case rolledBack
        /// It may have done the work or not: look before you try again.
        case unknown
    }

    /// What happened.
    public var code: Code
    /// Whether the server may have acted.
    public var effect: Effect
    /// One sentence that says what happened and one that says what to do, without data or secrets.
    public var reason: String
    /// The fields of the server's error, if it sent one.
    public var server: DiagnosticFields?
    /// The error below this one.
    public var cause: (any Error)?
    /// The column that could not be read, for the code `decoding`.
    public var column: Column?
    /// Where in the program the call stands that failed.
    public var callSite: CallSite?

    /// Creates an error.
    public init(
        _ code: Code, effect: Effect, reason: String, server: DiagnosticFields? = nil,
        cause: (any Error)? = nil
    ) {
        self.code = code
        self.effect = effect
        self.reason = reason
        self.server = server
        self.cause = cause
    }

    /// The SQLSTATE of the server's error, five characters.
    public var sqlState: String? { server?.sqlState }

    /// The same error with the place of the call, unless it has one: the innermost call is the one to look at.
    @usableFromInline
    func at(_ file: StaticString, _ line: UInt) -> PostgresError { at(CallSite(file: file, line: line)) }

    func at(_ site: CallSite) -> PostgresError {
        guard callSite == nil else { return self }
        var error = self
        error.callSite = site
        return error
    }
}

extension PostgresError: CustomStringConvertible {
    /// What happened and what to do, without data or secrets.
    public var description: String {
        guard let server else { return "\(code.rawValue): \(reason)" }
        let hint = server.hint.map { " (\($0))" } ?? ""
        let context = reason.isEmpty ? "" : "\(reason): "
        return "\(context)\(server.message) [\(server.sqlState)]\(hint)"
    }
}

extension PostgresError: CustomDebugStringConvertible {
    /// As `description`, with the effect, the server's position, constraint and routine, and the place of the call; no
    /// row data.
    public var debugDescription: String {
        var parts = [description, "effect: \(effect.rawValue)"]
        if let position = server?.position { parts.append("position: \(position)") }
        if let constraint = server?.constraintName { parts.append("constraint: \(constraint)") }
        if let routine = server?.routine { parts.append("routine: \(routine)") }
        if let callSite { parts.append("call: \(callSite)") }
        if let cause { parts.append("cause: \(cause)") }
        return parts.joined(separator: "; ")
    }
}
