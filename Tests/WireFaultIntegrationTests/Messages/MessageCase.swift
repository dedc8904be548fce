import PostgresWire
import TestSupport

/// One fault in the messages of a session, and what has to come of it.
struct MessageCase: Sendable {
    /// What may come of a fault.
    enum Verdict: Sendable {
        /// An error that says that the peer broke the protocol, at once.
        case refused
        /// Some error of the client, at once.
        case error
        /// An error once the deadline has passed.
        case deadline
        /// The right answer.
        case answer
        /// Nobody can see it: any answer or error will do, by the deadline.
        case unseen
    }

    let name: String
    let conversation: Conversation
    let faults: [Fault]
    let verdict: Verdict
    var mode = TLSMode.disable

    init(
        _ name: String, _ verdict: Verdict, in conversation: Conversation = .probe, _ faults: Fault...,
        mode: TLSMode = .disable
    ) {
        self.name = name
        self.conversation = conversation
        self.faults = faults
        self.verdict = verdict
        self.mode = mode
    }

    /// The deadline of connects and statements: short where it has to fire, far off where it must not.
    private var deadline: Duration { waits ? .milliseconds(400) : .seconds(3) }

    private var waits: Bool { verdict == .deadline || verdict == .unseen }

    /// How long the whole conversation may take.
    private var limit: Duration {
        // The deadline, 200 ms, and what a busy machine takes for the rest of the conversation.
        if waits { return deadline + .milliseconds(400) }
        return verdict == .answer ? .seconds(10) : .seconds(1)
    }

    /// Has the conversation through a proxy with the faults.
    func run(_ url: String) async throws -> Outcome {
        try await FaultProxy.between(url, faults) { proxy in
            var configuration = try PostgresConfiguration(url: proxy.url)
            configuration.tls.mode = mode
            configuration.connectTimeout = deadline
            configuration.queryTimeout = deadline
            configuration.cancelGrace = deadline
            return await Outcome.of { try await conversation.converse(configuration) }
        }
    }

    /// What is wrong with an outcome; nil if nothing is.
    func fault(_ outcome: Outcome) -> String? {
        if outcome.isLate(limit) { return "took \(outcome.time)" }
        if let other = outcome.other { return other }
        let isRight = outcome.answer == conversation.answer
        let code = outcome.error?.code
        let isMet =
            switch verdict {
            case .answer: isRight
            // The violation may come while nothing is asked: then the next call finds the connection closed.
            case .refused: code == .protocolViolation || code == .connectionClosed
            case .error: code != nil && code != .timedOut
            case .deadline: code == .timedOut
            case .unseen: true
            }
        return isMet ? nil : outcome.text
    }
}

extension Conversation {
    /// Five rows, then another statement, which must not get what is left of them.
    static let probe = Conversation("probe", "5 15 14") { connection in
        let numbers = try await connection.collect(
            "SELECT x::int8 FROM generate_series(1, 5) x", as: Int.self)
        let other = try await connection.one("SELECT \(Int64(2)) * 7", as: Int64.self)
        return "\(numbers.count) \(numbers.reduce(0, +)) \(other)"
    }
}
