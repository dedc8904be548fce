/// The observers of one configuration.
final class Observers: Sendable {
    let list: [any ClientObserver]
    let options: ObservationOptions

    /// Keeps the observers; nil if there are none, so that everything else is one test for nil.
    init?(_ list: [any ClientObserver], _ options: ObservationOptions) {
        guard !list.isEmpty else { return nil }
        self.list = list
        self.options = options
    }

    /// Tells all of them.
    ///
    /// No lock may be held.
    func tell(_ event: ClientEvent) {
        for observer in list { observer.observe(event) }
    }

    func failure(_ error: PostgresError?) -> ClientEvent.Failure? {
        error.map { ClientEvent.Failure($0, options) }
    }
}
