import PostgresProtocol
import TestSupport
import Testing

/// One step of a test of the session machine.
enum Step: Sendable {
    /// The client has written an exchange.
    case sent(Exchange)
    /// The client has ended the data of a COPY.
    case copyEnd
    /// The server has sent a message, which means this.
    case got(Message, SessionMachine.Action)
}

/// Runs the steps on a new machine and compares every action.
@discardableResult
func run(_ steps: [Step], sourceLocation: SourceLocation = #_sourceLocation) throws -> SessionMachine {
    var machine = SessionMachine()
    for (index, step) in steps.enumerated() {
        switch step {
        case .sent(let exchange): machine.sent(exchange)
        case .copyEnd: machine.sentCopyEnd()
        case .got(let message, let action):
            let result = try machine.received(message.tag, message.body.span.bytes)
            #expect(result == action, "step \(index)", sourceLocation: sourceLocation)
        }
    }
    return machine
}

extension SessionMachine.Action {
    static func completed(_ tag: String) -> Self { .completed(CommandTag(text: tag)) }
    static let failed = Self.failed(.sample("ERROR", "22012"))
    static let terminated = Self.terminated(.sample("FATAL", "57P01"))
    static let noticed = Self.notice(.sample("NOTICE", "00000"))
}

extension CopyResponse {
    /// What `Message.copyIn` and `Message.copyOut` say.
    static let sample: CopyResponse = {
        let body = Message.copyIn.body
        do {
            return try CopyResponse(body.span.bytes)
        } catch {
            preconditionFailure("the sample is wrong: \(error)")
        }
    }()
}
