import PostgresProtocol
import TestSupport

/// A right session that mutations begin with.
struct SessionBase: Sendable {
    let name: String
    /// What the client has sent.
    let exchanges: [Exchange]
    /// What the server has answered.
    let messages: [[UInt8]]

    /// The recorded sessions, each cut after a few exchanges to keep it short.
    static let all = Result { () throws -> [SessionBase] in
        try ReplayExpectation.all.map(\.name).filter { $0 != "terminated" && $0 != "extended-types" }
            .flatMap { name in try pieces(name, Transcript.fixture(name)) }
    }

    /// Each part from one time when nothing is owed to the next.
    private static func pieces(_ name: String, _ transcript: Transcript) -> [SessionBase] {
        let login = transcript.entries.firstIndex { $0.name == "ReadyForQuery" } ?? -1
        var events = ClientEvents()
        var bases: [SessionBase] = []
        var exchanges: [Exchange] = []
        var messages: [[UInt8]] = []
        var readyCount = 0
        for entry in transcript.entries[(login + 1)...] {
            if entry.speaker == .client {
                if case .sent(let exchange)? = events.take(entry) { exchanges.append(exchange) }
                continue
            }
            messages.append(entry.bytes)
            if entry.name == "ReadyForQuery" { readyCount += 1 }
            if entry.name == "ReadyForQuery", readyCount == exchanges.count {
                bases.append(SessionBase(name: name, exchanges: exchanges, messages: messages))
                (exchanges, messages, readyCount) = ([], [], 0)
            }
        }
        return bases
    }
}
