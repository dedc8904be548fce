#if CLI
import FoundationEssentials
import PostgresWire

/// How long an answer takes, and how the server's clock differs from ours.
struct ServerClock: Sendable {
    /// The median.
    var roundTrip: Duration
    /// The server's time less ours.
    var difference: Duration

    /// Asks the server for its time; the fastest answer tells best.
    static func measure(_ connection: PostgresConnection, rounds: Int = 15) async throws -> ServerClock {
        let question: PostgresQuery = "SELECT extract(epoch FROM clock_timestamp())::float8"
        // The first answer has to find its way.
        _ = try await connection.one(question, as: Double.self)
        var samples: [(time: Duration, difference: Double)] = []
        for _ in 0..<rounds {
            let ours = Date().timeIntervalSince1970
            let start = ContinuousClock.now
            let theirs = try await connection.one(question, as: Double.self)
            let time = ContinuousClock.now - start
            samples.append((time, theirs - ours - time / .seconds(2)))
        }
        samples.sort { $0.time < $1.time }
        return ServerClock(
            roundTrip: samples[samples.count / 2].time,
            difference: .microseconds(Int64((samples[0].difference * 1_000_000).rounded())))
    }
}
#endif
