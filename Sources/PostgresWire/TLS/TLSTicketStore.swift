internal import Locking

/// The TLS sessions that the connections of one context may resume, a few for each server.
///
/// A resumed session does not show the certificate again, so what was verified of one server is never taken for another.
final class TLSTicketStore: Sendable {
    /// After this the certificate is looked at anew, with its dates.
    static let maximumAge = Duration.seconds(3_600)
    private static let maximumCount = 16

    private let tickets = Lock<[PostgresEndpoint: [TLSTicket]]>([:])

    /// The newest that can still be used.
    func take(for server: PostgresEndpoint) -> TLSTicket? {
        let oldest = ContinuousClock.now - Self.maximumAge
        return tickets.withLock { tickets in
            tickets[server]?.removeAll { $0.verified <= oldest }
            guard let newest = tickets[server]?.last else { return nil }
            if newest.isForOneUse { tickets[server]?.removeLast() }
            return newest
        }
    }

    /// Keeps one more, and no more than the newest 16.
    func keep(_ ticket: TLSTicket, for server: PostgresEndpoint) {
        tickets.withLock { tickets in
            var kept = tickets[server] ?? []
            if !ticket.isForOneUse || kept.count >= Self.maximumCount {
                kept = kept.suffix(Self.maximumCount - 1)
            }
            kept.append(ticket)
            tickets[server] = kept
        }
    }

    /// Makes the next handshake a whole one.
    func forget(_ server: PostgresEndpoint) {
        tickets.withLock { $0[server] = nil }
    }
}
