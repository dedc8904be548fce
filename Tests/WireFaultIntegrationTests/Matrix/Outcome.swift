import PostgresWire

/// What a call came to under a fault, and when.
struct Outcome: Sendable {
    /// The answer, if there was one.
    var answer: String?
    /// The error, if there was one of the client.
    var error: PostgresError?
    /// An error that is not the client's.
    var other: String?
    var time: Duration
    /// How much of the time this machine has lost on its own.
    var lag = Duration.zero

    /// Runs `body`.
    static func of(_ body: () async throws -> String) async -> Outcome {
        let start = ContinuousClock.now
        let lag = Lag()
        var outcome = Outcome(time: .zero)
        do {
            outcome.answer = try await body()
        } catch let error as PostgresError {
            outcome.error = error
        } catch {
            outcome.other = "\(type(of: error)): \(error)"
        }
        outcome.time = start.duration(to: .now)
        outcome.lag = lag.stop()
        return outcome
    }

    /// Whether it came later than `limit`, on a machine that was not too busy to be on time.
    func isLate(_ limit: Duration) -> Bool { time > limit + lag * 2 }

    /// In a few words.
    var text: String {
        if let answer { return "answer \(answer.prefix(80))" }
        if let error { return "\(error.code.rawValue), effect \(error.effect.rawValue)" }
        return other ?? "nothing"
    }
}
