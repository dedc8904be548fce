/// An attempt to stop a call, for its observers.
struct CancelObservation: Sendable {
    private let observers: Observers
    private let start: ClientEvent.CancelStart
    private let began = ContinuousClock.now

    /// Tells that an attempt begins; nil if nobody observes the call.
    init?(_ operation: Operation, isLate: Bool) {
        guard let query = operation.treatment.observation else { return nil }
        observers = query.observers
        start = ClientEvent.CancelStart(
            id: .next(), connection: query.start.connection, query: query.start.id,
            reason: isLate ? .deadline : .taskCancelled)
        observers.tell(.cancelStarted(start))
    }

    func ended(_ outcome: ClientEvent.CancelEnd.Outcome) {
        observers.tell(
            .cancelEnded(
                ClientEvent.CancelEnd(start: start, duration: began.duration(to: .now), outcome: outcome)))
    }
}
