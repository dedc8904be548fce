internal import PostgresProtocol

/// What the server sends at the beginning and in the course of a COPY.
extension Session {
    /// Keeps a piece of the data of a COPY to the client; reading stops while too many of them wait.
    func take(copyDataIn body: Range<Int>, for operation: Operation, _ state: inout SessionState) {
        guard let limit = operation.streamLimit, operation.treatment.takesCopyData, !operation.isAbandoned
        else { return }
        operation.append(state.input.bytes.extracting(body))
        if (operation.storage?.byteCount ?? 0) >= limit { state.isPaused = true }
    }

    /// Notes that the server waits for data; a call that has none refuses, or both sides would wait for ever.
    func begin(
        copyIn response: CopyResponse, _ operation: Operation, _ state: inout SessionState,
        _ wakeups: inout Wakeups
    ) {
        guard !operation.treatment.closesGate else {
            operation.copyIn = response
            note(.in, response, operation, &wakeups)
            wakeups.add(operation.takeReady())
            return
        }
        state.output.appendCopyFail("data are sent with copyIn only")
        state.machine.sentCopyEnd()
        // The Sync that was sent with the statement was swallowed by the COPY.
        if !operation.statements.isEmpty { state.output.appendSync() }
        // It leaves when the socket is writable: reading goes on first, and a failed write would read again.
        state.watchesReads = true
        updateInterest(&state, &wakeups)
    }
}
