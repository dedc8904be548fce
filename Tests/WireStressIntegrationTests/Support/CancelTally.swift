import PostgresWire

/// What statements that may have been cancelled came to.
struct CancelTally: Sendable {
    enum Outcome: Sendable {
        case answered
        case wrongAnswer
        /// The server stopped the statement of a task that was cancelled.
        case stopped
        /// A task that was cancelled ended without the server's help.
        case gone
        /// A task was told of a cancel that it never asked for.
        case foreign
        case other(String)
    }

    private(set) var answered = 0
    private(set) var wrongAnswers = 0
    private(set) var stopped = 0
    private(set) var gone = 0
    private(set) var foreign = 0
    private(set) var others: [String] = []

    var total: Int { answered + wrongAnswers + stopped + gone + foreign + others.count }

    mutating func add(_ outcome: Outcome) {
        switch outcome {
        case .answered: answered += 1
        case .wrongAnswer: wrongAnswers += 1
        case .stopped: stopped += 1
        case .gone: gone += 1
        case .foreign: foreign += 1
        case .other(let text): others.append(text)
        }
    }

    /// What an error means for a task that was cancelled, or was not.
    static func outcome(of error: any Error, wasCancelled: Bool) -> Outcome {
        if error is CancellationError { return wasCancelled ? .gone : .foreign }
        guard let error = error as? PostgresError else { return .other("\(error)") }
        if error.code == .cancelled {
            guard wasCancelled else { return .foreign }
            return error.sqlState == "57014" ? .stopped : .gone
        }
        if error.sqlState == "57014", !wasCancelled { return .foreign }
        return .other("\(error)")
    }
}
