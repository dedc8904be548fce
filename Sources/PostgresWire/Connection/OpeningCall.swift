internal import Locking

/// A caller that waits for a session to be opened, and goes at once if its task is cancelled.
final class OpeningCall: Sendable {
    typealias Outcome = Result<OpenedSession, PostgresError>

    private struct State {
        var continuation: UnsafeContinuation<Outcome, Never>?
        var socket: Socket?
        var isCancelled = false
    }

    private let state = Lock(State())

    /// The caller waits; false if it was cancelled before and has been told so.
    func begin(_ continuation: UnsafeContinuation<Outcome, Never>) -> Bool {
        let isWaiting = state.withLock { state in
            if !state.isCancelled { state.continuation = continuation }
            return !state.isCancelled
        }
        if !isWaiting { continuation.resume(returning: .failure(.cancelledBeforeStart)) }
        return isWaiting
    }

    /// The attempt goes on with this socket; false if nobody waits for it any more.
    func adopt(_ socket: Socket) -> Bool {
        state.withLock { state in
            state.socket = socket
            return !state.isCancelled
        }
    }

    /// Hands the session over; it ends if nobody waits for it any more.
    func finish(_ outcome: Outcome) {
        let continuation = state.withLock { state in
            state.socket = nil
            defer { state.continuation = nil }
            return state.continuation
        }
        if let continuation { return continuation.resume(returning: outcome) }
        if case .success(let opened) = outcome { opened.socket.shutDown() }
    }

    /// The caller goes; the thread that waits for the server is woken.
    func cancel() {
        let (continuation, socket) = state.withLock { state in
            state.isCancelled = true
            defer {
                state.continuation = nil
                state.socket = nil
            }
            return (state.continuation, state.socket)
        }
        continuation?.resume(returning: .failure(.cancelledBeforeStart))
        socket?.shutDown()
    }
}
