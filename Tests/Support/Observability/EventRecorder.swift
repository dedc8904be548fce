import Locking
package import PostgresWire

/// Keeps everything that a client tells.
package final class EventRecorder: ClientObserver {
    private struct Waiter {
        let isWanted: @Sendable (ClientEvent) -> Bool
        let continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var events: [ClientEvent] = []
        var waiters: [Waiter] = []
    }

    private let state = Lock(State())

    package init() {}

    /// What was told so far, in order.
    package var events: [ClientEvent] { state.withLock { $0.events } }

    /// What was told so far, a line for each event.
    package var lines: [String] { events.map(\.line) }

    package func observe(_ event: ClientEvent) {
        let ready = state.withLock { state in
            state.events.append(event)
            let ready = state.waiters.filter { $0.isWanted(event) }
            state.waiters.removeAll { $0.isWanted(event) }
            return ready
        }
        for waiter in ready { waiter.continuation.resume() }
    }

    /// Waits until an event of this kind has been told.
    package func wait(for isWanted: @escaping @Sendable (ClientEvent) -> Bool) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.events.contains(where: isWanted) { return true }
                state.waiters.append(Waiter(isWanted: isWanted, continuation: continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }
}

extension ClientEvent {
    /// The event in short, without what differs from run to run.
    package var line: String {
        switch self {
        case .connectStarted: "connect…"
        case .connectEnded(let end): "connect\(end.failure.text)"
        case .connectionClosed(let end): "closed: \(end.reason.rawValue)\(end.failure.text)"
        case .acquireStarted: "acquire…"
        case .acquireEnded(let end): "acquire\(end.failure.text)"
        case .connectionReturned(let back): "returned: \(back.condition.rawValue)"
        case .poolChanged(let change): "pool\(change.change.text)"
        case .loanLeaked: "leaked"
        case .breakerOpened(let opening): "breaker opened after \(opening.failures)\(opening.failure.text)"
        case .breakerClosed: "breaker closed"
        case .queryStarted(let start): "query… \(start.text ?? "")"
        case .queryEnded(let end): "query \(end.command ?? "-") \(end.rows)\(end.failure.text)"
        case .copyStarted(let start): "copy \(start.direction.rawValue)… \(start.columnCount) columns"
        case .copyEnded(let end): "copy \(end.start.direction.rawValue) \(end.rows)\(end.failure.text)"
        case .cancelStarted(let start): "cancel… \(start.reason.rawValue)"
        case .cancelEnded(let end): "cancel \(end.outcome.rawValue)"
        case .transactionStarted: "transaction…"
        case .transactionEnded(let end): "transaction \(end.outcome.rawValue)"
        case .notice(let notice): "\(notice.severity) \(notice.sqlState)"
        }
    }
}

extension ClientEvent.Failure? {
    fileprivate var text: String { map { " failed: \($0.type)" } ?? "" }
}

extension ClientEvent.Failure {
    fileprivate var text: String { " failed: \(type)" }
}

extension ClientEvent.PoolCounts {
    fileprivate var text: String {
        let parts = [("idle", idle), ("used", used), ("opening", opening), ("waiting", waiting)]
        return parts.filter { $0.1 != 0 }.map { " \($0.0) \($0.1 > 0 ? "+" : "")\($0.1)" }.joined()
    }
}
