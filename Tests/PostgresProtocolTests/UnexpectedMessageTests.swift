import PostgresProtocol
import TestSupport
import Testing

/// Every message in every state: what is not expected there must end the session.
@Suite struct UnexpectedMessageTests {
    /// A state, the steps that lead to it, and what may come in it.
    struct Place: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let steps: [Step]
        let allowed: Set<BackendTag>
        var refusesErrors = false
    }

    private static let described: [Step] = [
        .sent(.statement([.parse, .describe, .execute])), .got(.parseComplete, .parsed),
        .got(.parameters, .parameterTypes),
    ]
    private static let limited: [Step] = [
        .sent(.statement([.describe, .execute, .limited])), .got(.parameters, .parameterTypes),
    ]
    private static let anyResult: Set<BackendTag> = [
        .dataRow, .commandComplete, .emptyQueryResponse, .copyInResponse, .copyOutResponse,
    ]
    private static let copyIn: [Step] = [.sent(.simple), .got(.copyIn, .copyIn(.sample))]
    private static let copyOut: [Step] = [.sent(.simple), .got(.copyOut, .copyOut(.sample))]
    static let places: [Place] = [
        Place(testDescription: "idle", steps: [], allowed: []),
        Place(
            testDescription: "closing", steps: [.sent(.statement([.execute], closes: 1))],
            allowed: [.closeComplete]),
        Place(
            testDescription: "closed",
            steps: [.sent(.statement([.execute], closes: 1)), .got(.closeComplete, .none)],
            allowed: [.bindComplete]),
        Place(
            testDescription: "parse", steps: [.sent(.statement([.parse, .describe, .execute]))],
            allowed: [.parseComplete]),
        Place(
            testDescription: "describe parameters", steps: Array(described.prefix(2)),
            allowed: [.parameterDescription]),
        Place(testDescription: "describe columns", steps: described, allowed: [.rowDescription, .noData]),
        Place(
            testDescription: "bind", steps: described + [.got(.columns, .columns)], allowed: [.bindComplete]),
        Place(
            testDescription: "prepared only",
            steps: [.sent(.statement([.parse])), .got(.parseComplete, .parsed)], allowed: [.readyForQuery]),
        Place(
            testDescription: "a result that was not described",
            steps: [.sent(.statement([.execute])), .got(.bindComplete, .none)], allowed: anyResult),
        Place(
            testDescription: "a limited result that was not described",
            steps: [.sent(.statement([.execute, .limited])), .got(.bindComplete, .none)],
            allowed: anyResult.union([.portalSuspended])),
        Place(
            testDescription: "a resumed portal", steps: [.sent(.statement([.resume, .limited]))],
            allowed: anyResult.union([.portalSuspended])),
        Place(
            testDescription: "a result with columns",
            steps: described + [.got(.columns, .columns), .got(.bindComplete, .none)],
            allowed: [.dataRow, .commandComplete]),
        Place(
            testDescription: "a limited result with columns",
            steps: limited + [.got(.columns, .columns), .got(.bindComplete, .none)],
            allowed: [.dataRow, .commandComplete, .portalSuspended]),
        Place(
            testDescription: "a result without columns",
            steps: described + [.got(.noData, .noColumns), .got(.bindComplete, .none)],
            allowed: [.commandComplete, .emptyQueryResponse, .copyInResponse, .copyOutResponse]),
        Place(
            testDescription: "the end of a statement",
            steps: [
                .sent(.statement([.execute])), .got(.bindComplete, .none),
                .got(.complete("SELECT 0"), .completed("SELECT 0")),
            ], allowed: [.readyForQuery]),
        Place(testDescription: "a COPY that is still sent", steps: copyIn, allowed: []),
        Place(
            testDescription: "a COPY that was sent", steps: copyIn + [.copyEnd], allowed: [.commandComplete]),
        Place(testDescription: "a COPY that comes", steps: copyOut, allowed: [.copyData, .copyDone]),
        Place(
            testDescription: "a COPY that has come", steps: copyOut + [.got(.copyDone, .copyDone)],
            allowed: [.commandComplete]),
        Place(
            testDescription: "simple, before any result", steps: [.sent(.simple)],
            allowed: [
                .rowDescription, .commandComplete, .emptyQueryResponse, .copyInResponse, .copyOutResponse,
            ]),
        Place(
            testDescription: "simple, after a result",
            steps: [.sent(.simple), .got(.complete("BEGIN"), .completed("BEGIN"))],
            allowed: [
                .rowDescription, .commandComplete, .emptyQueryResponse, .copyInResponse, .copyOutResponse,
                .readyForQuery,
            ]),
        Place(
            testDescription: "simple, in rows", steps: [.sent(.simple), .got(.columns, .columns)],
            allowed: [.dataRow, .commandComplete]),
        Place(
            testDescription: "after an error", steps: [.sent(.simple), .got(.error, .failed)],
            allowed: [.readyForQuery], refusesErrors: true),
    ]

    private static let always: Set<BackendTag> = [.noticeResponse, .parameterStatus, .notificationResponse]

    @Test(arguments: places)
    func `only what is expected is taken`(place: Place) throws {
        for message in Message.samples {
            var machine = try run(place.steps)
            let isAllowed =
                place.allowed.contains(message.tag) || Self.always.contains(message.tag)
                || message.tag == .errorResponse && !place.refusesErrors
            do {
                _ = try machine.received(message.tag, message.body.span.bytes)
                #expect(isAllowed, "\(message.tag) was taken")
            } catch {
                #expect(!isAllowed, "\(message.tag) was refused: \(error)")
                guard case .violation(let violation) = error else {
                    Issue.record("\(message.tag): \(error)")
                    continue
                }
                #expect(violation.received == message.tag)
                #expect(machine.hasEnded)
            }
        }
    }

    @Test(arguments: places)
    func `after the end nothing is taken`(place: Place) throws {
        for last in [Message.fatal, Message(.functionCallResponse, [255, 255, 255, 255])] {
            var machine = try run(place.steps)
            _ = try? machine.received(last.tag, last.body.span.bytes)
            #expect(machine.hasEnded)
            #expect(!machine.takesRows)
            machine.sent(.statement([.execute]))
            for message in Message.samples {
                #expect(
                    throws: SessionFault.violation(
                        ProtocolViolation(
                            expected: "nothing after the end of the session", received: message.tag))
                ) { try machine.received(message.tag, message.body.span.bytes) }
            }
        }
    }

    @Test(arguments: places)
    func `a message with a byte too many is refused wherever it is expected`(place: Place) throws {
        for message in Message.samples where place.allowed.contains(message.tag) {
            // The driver reads these bodies itself.
            if [.dataRow, .copyData, .rowDescription, .parameterDescription].contains(message.tag) {
                continue
            }
            var machine = try run(place.steps)
            let body = message.body + [0]
            #expect(throws: SessionFault.self, "\(message.tag)") {
                try machine.received(message.tag, body.span.bytes)
            }
            #expect(machine.hasEnded)
        }
    }

    @Test func `faults say what was expected and what came`() {
        let violation = ProtocolViolation(expected: "ReadyForQuery", received: .dataRow)
        #expect(
            SessionFault.violation(violation).description
                == "the server sent dataRow while the client expected ReadyForQuery")
        #expect(
            SessionFault.malformed(.invalidUTF8(offset: 3)).description
                == "a message of the server is malformed: the text at offset 3 is not UTF-8")
    }
}
