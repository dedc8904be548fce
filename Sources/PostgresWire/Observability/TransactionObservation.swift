/// A transaction block that is open.
final class TransactionObservation: Sendable {
    let start: ClientEvent.TransactionStart
    private let began = ContinuousClock.now

    init(_ connection: ClientEvent.Connection) {
        start = ClientEvent.TransactionStart(id: .next(), connection: connection)
    }

    func ended(_ outcome: ClientEvent.TransactionEnd.Outcome) -> ClientEvent {
        .transactionEnded(
            ClientEvent.TransactionEnd(
                start: start, duration: began.duration(to: .now), outcome: outcome))
    }
}
