import TestSupport

/// The server's half of a recorded conversation, to be played without a server.
///
/// The login is replaced by one without a password, since no recorded proof fits another login.
struct Play: Sendable {
    /// What the server does next.
    enum Step: Sendable {
        /// Wait for this many messages of the client.
        case wait(Int)
        /// Say this.
        case say([UInt8])
    }

    let steps: [Step]
    /// How many bytes the server says.
    let byteCount: Int
    /// How many of them are the login.
    let loginBytes: Int
    /// After how many bytes a reply is complete.
    let boundaries: Set<Int>
    /// After which bytes stands a value that any byte can be in: of rows, tags, errors and parameters.
    let values: Set<Int>

    init(_ transcript: Transcript) {
        var steps: [Step] = []
        var offset = 0
        var login: Int?
        var boundaries: Set<Int> = []
        var values: Set<Int> = []
        for entry in transcript.entries where !Self.isOmitted(entry) {
            switch (entry.speaker, steps.last) {
            case (.client, .wait(let count)?): steps[steps.count - 1] = .wait(count + 1)
            case (.client, _): steps.append(.wait(1))
            case (.server, .say(let bytes)?): steps[steps.count - 1] = .say(bytes + entry.bytes)
            case (.server, _): steps.append(.say(entry.bytes))
            }
            guard entry.speaker == .server else { continue }
            if Self.hasValues.contains(entry.name) {
                values.formUnion(offset + 6...offset + entry.bytes.count)
            }
            offset += entry.bytes.count
            guard entry.name == "ReadyForQuery" else { continue }
            boundaries.insert(offset)
            login = login ?? offset
        }
        self.steps = steps
        byteCount = offset
        loginBytes = login ?? offset
        self.boundaries = boundaries
        self.values = values
    }

    private static let hasValues: Set = [
        "DataRow", "CopyData", "CommandComplete", "ErrorResponse", "ParameterStatus",
    ]

    private static func isOmitted(_ entry: Transcript.Entry) -> Bool {
        switch entry.name {
        case "PasswordOrSASL", "Terminate": true
        // AuthenticationOk is the only one that stays.
        case "Authentication": entry.bytes != hex("52 00000008 00000000")
        default: false
        }
    }
}
