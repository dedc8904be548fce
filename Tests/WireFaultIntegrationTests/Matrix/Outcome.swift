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

    /// Runs `body`.
    static func of(_ body: () async throws -> String) async -> Outcome {
        let start = ContinuousClock.now
        var outcome = Outcome(time: .zero)
        do {
            outcome.answer = try await body()
        } catch let error as PostgresError {
            outcome.error = error
        } catch {
            outcome.other = "\(type(of: error)): \(error)"
        }
        outcome.time = start.duration(to: .now)
        return outcome
    }

    /// In a few words.
    var text: String {
        if let answer { return "answer \(answer.prefix(80))" }
        if let error { return "\(error.code.rawValue), effect \(error.effect.rawValue)" }
        return other ?? "nothing"
    }
}
