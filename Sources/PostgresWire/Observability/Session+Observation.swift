internal import Locking
internal import PostgresProtocol

/// Where a session's life touches its observers. Without any, each of these is one test for nil.
extension Session {
    /// Tells that a call begins, in the task of its caller.
    func observe(_ request: Request) -> QueryObservation? {
        guard let observation else { return nil }
        let setting = state.withLock { $0.parameters["standard_conforming_strings"] }
        return observation.begin(request, hasPlainStrings: setting != "off")
    }

    /// Notes that a call is over: no reply is owed for it any more.
    func noteEnd(of operation: Operation, _ state: inout SessionState, _ wakeups: inout Wakeups) {
        guard let observation else { return }
        operation.treatment.observation?.ended(operation, receivedBytes: state.receivedBytes, &wakeups)
        state.receivedBytes = 0
        noteTransaction(after: operation, observation, &state, &wakeups)
    }

    private func noteTransaction(
        after operation: Operation, _ observation: SessionObservation, _ state: inout SessionState,
        _ wakeups: inout Wakeups
    ) {
        let isOpen = state.machine.transactionStatus != .idle
        guard isOpen != (state.observedTransaction != nil), state.failure == nil else { return }
        guard let ended = state.observedTransaction else {
            let begun = TransactionObservation(observation.connection)
            state.observedTransaction = begun
            wakeups.add(.transactionStarted(begun.start), for: observation.observers)
            return
        }
        let outcome: ClientEvent.TransactionEnd.Outcome =
            switch operation.results.last?.command.text {
            case "COMMIT": .committed
            case "PREPARE TRANSACTION": .prepared
            default: .rolledBack
            }
        state.observedTransaction = nil
        wakeups.add(ended.ended(outcome), for: observation.observers)
    }

    /// Notes that the session is over.
    func noteClose(_ error: PostgresError, _ state: inout SessionState, _ wakeups: inout Wakeups) {
        guard let observation else { return }
        if let transaction = state.observedTransaction {
            state.observedTransaction = nil
            wakeups.add(transaction.ended(.lost), for: observation.observers)
        }
        let reason: ClientEvent.ConnectionEnd.Reason =
            switch error.code {
            case .connectionClosed: error.server == nil ? .requested : .server
            case .protocolViolation: .protocolViolation
            default: .lost
            }
        let end = ClientEvent.ConnectionEnd(
            connection: observation.connection, duration: observation.opened.duration(to: .now),
            reason: reason, failure: reason == .requested ? nil : observation.observers.failure(error))
        wakeups.add(.connectionClosed(end), for: observation.observers)
    }

    /// Notes a notice of the server.
    func note(_ fields: DiagnosticFields, _ wakeups: inout Wakeups) {
        guard let observation else { return }
        wakeups.add(.notice(observation.notice(fields)), for: observation.observers)
    }

    /// Notes that the data of a COPY begin.
    func note(
        _ direction: ClientEvent.CopyStart.Direction, _ response: CopyResponse, _ operation: Operation,
        _ wakeups: inout Wakeups
    ) {
        guard let query = operation.treatment.observation else { return }
        let copy = ClientEvent.CopyStart(
            query: query.start, direction: direction, format: response.format,
            columnCount: response.columns.count)
        query.copy = copy
        wakeups.add(.copyStarted(copy), for: query.observers)
    }
}

extension SessionObservation {
    func notice(_ fields: DiagnosticFields) -> ClientEvent.Notice {
        ClientEvent.Notice(
            connection: connection, severity: fields.severity, sqlState: fields.sqlState,
            message: observers.options.includesServerMessages ? fields.message : nil)
    }
}
