import PostgresProtocol
import TestSupport

/// What a client's messages mean to the session machine: read from a transcript, message by message.
struct ClientEvents {
    /// Something that the driver tells the machine.
    enum Event: Equatable {
        case sent(Exchange)
        case copyEnd
    }

    private var statements: [Exchange.Steps] = []
    private var steps: Exchange.Steps = []
    private var isBound = false
    private var closes = 0

    /// Takes the next message of the client.
    mutating func take(_ entry: Transcript.Entry) -> Event? {
        switch entry.name {
        case "Query": return .sent(.simple)
        case "Parse": steps.insert(.parse)
        case "Describe": steps.insert(.describe)
        case "Close": closes += 1
        case "Bind": isBound = true
        case "Execute":
            steps.insert(isBound ? .execute : .resume)
            if entry.bytes.suffix(4) != [0, 0, 0, 0] { steps.insert(.limited) }
            endStatement()
        case "Sync":
            if !steps.isEmpty { endStatement() }
            defer { (statements, closes) = ([], 0) }
            return .sent(
                statements.count == 1
                    ? .statement(statements[0], closes: closes) : .batch(statements, closes: closes))
        case "CopyDone", "CopyFail": return .copyEnd
        default: break
        }
        return nil
    }

    private mutating func endStatement() {
        statements.append(steps)
        (steps, isBound) = ([], false)
    }
}
