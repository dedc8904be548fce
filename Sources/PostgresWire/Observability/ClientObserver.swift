/// Is told what a client does: connections, loans, statements, transactions, cancels, notices.
///
///     struct Printer: ClientObserver {
///         func observe(_ event: ClientEvent) {
///             if case .queryEnded(let query) = event { print(query.start.summary, query.duration) }
///         }
///     }
///     var configuration = try PostgresClientConfiguration(url: url)
///     configuration.observers = [Printer()]
///
/// An event never holds the value of a parameter, a row, a password or a key. SQL is in it as
/// `ObservationOptions.queryText` says, by default with every literal taken out.
///
/// What begins also ends: an event that starts something is followed by exactly one that ends it, which repeats the
/// start. Starts are told in the task of the caller, so that task-local values can be read. Everything else is told
/// on the thread where it happened, often a connection's loop, before the caller that waits for it goes on. No lock
/// is held meanwhile. Return quickly and do not block: the loop serves other connections too.
///
/// Cost: without an observer one test for nil a statement, and no allocation; with observers a few allocations and two
/// readings of the clock a statement, and one pass over its SQL.
public protocol ClientObserver: Sendable {
    /// Takes an event.
    ///
    /// Events of one connection may come from several threads at once.
    func observe(_ event: ClientEvent)
}
