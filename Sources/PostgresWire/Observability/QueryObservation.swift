/// What is noted of one call while it is under way.
///
/// `@unchecked Sendable`: what changes is touched only with the session's lock held.
final class QueryObservation: @unchecked Sendable {
    let observers: Observers
    let start: ClientEvent.QueryStart
    private let began = ContinuousClock.now
    var sentBytes = 0
    var cacheHits = 0
    var copy: ClientEvent.CopyStart?

    init(_ observers: Observers, _ start: ClientEvent.QueryStart) {
        self.observers = observers
        self.start = start
    }

    /// Tells that the call was refused before anything of it was sent.
    func refused(_ error: PostgresError) {
        observers.tell(
            .queryEnded(
                ClientEvent.QueryEnd(
                    start: start, duration: began.duration(to: .now), command: nil, rows: 0, sentBytes: 0,
                    receivedBytes: 0, cacheHits: 0, failure: observers.failure(error))))
    }

    /// The events that tell the end of the call.
    func ended(_ operation: Operation, receivedBytes: Int, _ wakeups: inout Wakeups) {
        let duration = began.duration(to: .now)
        let rows = operation.results.reduce(0) { $0 + ($1.command.rows ?? 0) }
        let failure = observers.failure(operation.failure)
        if let copy {
            let bytes = copy.direction == .in ? sentBytes : receivedBytes
            let end = ClientEvent.CopyEnd(
                start: copy, duration: duration, rows: rows, bytes: bytes, failure: failure)
            wakeups.add(.copyEnded(end), for: observers)
        }
        let first = operation.results.first?.command.command ?? ""
        let hasOne = operation.results.dropFirst().allSatisfy { $0.command.command == first }
        let end = ClientEvent.QueryEnd(
            start: start, duration: duration, command: hasOne && !first.isEmpty ? first : nil, rows: rows,
            sentBytes: sentBytes, receivedBytes: receivedBytes, cacheHits: cacheHits, failure: failure)
        wakeups.add(.queryEnded(end), for: observers)
    }
}
