import PostgresProtocol
import TestSupport
import Testing

@Suite struct StartupMachineTests {
    @Test func `the first message names the user and the parameters`() {
        var start = Start()
        #expect(
            start.sent
                == hex("00000020 00030000 7573657200 61707000 646174616261736500 73686f7000 00"))
        #expect(!start.machine.isAuthenticated)
        start.forgetSent()
        #expect(start.sent.isEmpty)
    }

    @Test func `a server that trusts us`() throws {
        var start = Start()
        #expect(try start.receive(.authenticationOk) == .wait)
        #expect(start.machine.isAuthenticated)
        #expect(try start.receive(.notice) == .wait)
        #expect(try start.receive(.parameterStatus) == .wait)
        #expect(try start.receive(.backendKey) == .wait)
        #expect(try start.receive(.ready) == .ready)
        #expect(start.machine.authenticationMethod == "trust")
        #expect(start.machine.parameters == ["TimeZone": "UTC"])
        #expect(start.machine.backendKey?.processID == 9)
        #expect(start.machine.notices == [.sample("NOTICE", "00000")])
        #expect(start.sent.isEmpty)
    }

    @Test func `a server without a cancel key`() throws {
        var start = Start()
        #expect(try start.receive(.authenticationOk) == .wait)
        #expect(try start.receive(.ready) == .ready)
        #expect(start.machine.backendKey == nil)
    }

    @Test func `a password in the clear, where it is allowed`() throws {
        var start = Start(allowsCleartext: true)
        #expect(try start.receive(.cleartext) == .send)
        #expect(start.sent == hex("70 0000000b 70656e63696c00"))
        #expect(try start.receive(.authenticationOk) == .wait)
        #expect(start.machine.authenticationMethod == "password")
    }

    @Test func `MD5 hashes the password with the user and then with the salt`() throws {
        var start = Start()
        #expect(try start.receive(.md5) == .send)
        // The test's "MD5" shows what is hashed: md5(md5(password + user) + salt).
        #expect(start.sent == [0x70, 0, 0, 0, 0x19] + Array("md5<<pencilapp>\u{1}\u{2}\u{3}\u{4}>\0".utf8))
        #expect(try start.receive(.authenticationOk) == .wait)
        #expect(start.machine.authenticationMethod == "md5")
    }

    @Test func `SCRAM goes through both messages of the server`() throws {
        var start = Start()
        #expect(try start.receive(.sasl) == .send)
        #expect(
            start.sent
                == hex("70 00000020 534352414d2d5348412d32353600 0000000a 6e2c2c6e3d2c723d6162"))
        start.forgetSent()
        #expect(try start.receive(.saslContinue) == .send)
        #expect(start.sent.prefix(5) == hex("70 0000001b")[...])
        #expect(try start.receive(.saslFinal) == .wait)
        #expect(!start.machine.isAuthenticated)
        #expect(try start.receive(.authenticationOk) == .wait)
        #expect(try start.receive(.ready) == .ready)
        #expect(start.machine.authenticationMethod == "scram-sha-256")
    }

    @Test func `a server that knows fewer options goes on`() throws {
        var start = Start()
        #expect(try start.receive(.negotiate(minor: 0)) == .wait)
        #expect(try start.receive(.authenticationOk) == .wait)
    }

    @Test func `refusals of the server are handed on`() {
        var start = Start()
        #expect(throws: StartupFault.server(.sample("FATAL", "57P01"))) { try start.receive(.fatal) }
        var later = Start()
        #expect(throws: StartupFault.server(.sample("ERROR", "22012"))) {
            _ = try later.receive(.authenticationOk)
            _ = try later.receive(.error)
        }
    }

    /// Messages in order, the last of which must be refused.
    struct Refusal: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var password: String? = "pencil"
        let messages: [Message]
        let fault: StartupFault
    }

    @Test(arguments: [
        Refusal(
            testDescription: "a password in the clear", messages: [.cleartext],
            fault: .cleartextPasswordRefused),
        Refusal(
            testDescription: "no password for MD5", password: nil, messages: [.md5], fault: .passwordMissing),
        Refusal(
            testDescription: "no password for SCRAM", password: nil, messages: [.sasl],
            fault: .passwordMissing),
        Refusal(
            testDescription: "only mechanisms we do not speak",
            messages: [Message(.authentication, hex("0000000a 5800 5900 00"))],
            fault: .unsupportedAuthentication("X, Y")),
        Refusal(
            testDescription: "GSSAPI", messages: [Message(.authentication, hex("00000007"))],
            fault: .unsupportedAuthentication("method 7")),
        Refusal(
            testDescription: "let in before SCRAM began to answer", messages: [.sasl, .authenticationOk],
            fault: .authenticationSkipped),
        Refusal(
            testDescription: "let in without the server's proof",
            messages: [.sasl, .saslContinue, .authenticationOk], fault: .authenticationSkipped),
        Refusal(
            testDescription: "the proof before the challenge", messages: [.sasl, .saslFinal],
            fault: .scram(.malformed(.outOfOrder))),
        Refusal(
            testDescription: "two challenges", messages: [.sasl, .saslContinue, .saslContinue],
            fault: .scram(.malformed(.outOfOrder))),
        Refusal(
            testDescription: "two proofs", messages: [.sasl, .saslContinue, .saslFinal, .saslFinal],
            fault: .scram(.malformed(.outOfOrder))),
        Refusal(
            testDescription: "a wrong proof",
            messages: [
                .sasl, .saslContinue, Message(.authentication, hex("0000000c") + Array("v=AAAA".utf8)),
            ],
            fault: .scram(.wrongServerSignature)),
        Refusal(
            testDescription: "an error in place of the proof",
            messages: [
                .sasl, .saslContinue,
                Message(.authentication, hex("0000000c") + Array("e=invalid-proof".utf8)),
            ],
            fault: .scram(.server("invalid-proof"))),
        Refusal(
            testDescription: "a nonce that is not ours",
            messages: [.sasl, Message(.authentication, hex("0000000b") + Array("r=xy,s=AAAA,i=4096".utf8))],
            fault: .scram(.wrongNonce)),
        Refusal(
            testDescription: "too many iterations",
            messages: [
                .sasl, Message(.authentication, hex("0000000b") + Array("r=abc,s=AAAA,i=2147483647".utf8)),
            ],
            fault: .scram(.iterationsOutOfRange(2_147_483_647, allowed: 4_096...10_000))),
        Refusal(
            testDescription: "a weaker method after SCRAM began", messages: [.sasl, .md5],
            fault: .violation(
                ProtocolViolation(expected: "another authentication message", received: .authentication))),
        Refusal(
            testDescription: "the password twice", messages: [.md5, .md5],
            fault: .violation(
                ProtocolViolation(expected: "another authentication message", received: .authentication))),
        Refusal(
            testDescription: "authentication after authentication",
            messages: [.authenticationOk, .authenticationOk],
            fault: .violation(
                ProtocolViolation(expected: "another authentication message", received: .authentication))),
        Refusal(
            testDescription: "ready before authentication", messages: [.ready],
            fault: .violation(ProtocolViolation(expected: "authentication", received: .readyForQuery))),
        Refusal(
            testDescription: "a parameter before authentication", messages: [.parameterStatus],
            fault: .violation(ProtocolViolation(expected: "authentication", received: .parameterStatus))),
        Refusal(
            testDescription: "a cancel key before authentication", messages: [.backendKey],
            fault: .violation(ProtocolViolation(expected: "authentication", received: .backendKeyData))),
        Refusal(
            testDescription: "two cancel keys", messages: [.authenticationOk, .backendKey, .backendKey],
            fault: .violation(ProtocolViolation(expected: "one BackendKeyData", received: .backendKeyData))),
        Refusal(
            testDescription: "a session that is in a transaction",
            messages: [.authenticationOk, .readyInTransaction],
            fault: .violation(
                ProtocolViolation(expected: "a session without a transaction", received: .readyForQuery))),
        Refusal(
            testDescription: "a message after the start", messages: [.authenticationOk, .ready, .ready],
            fault: .violation(
                ProtocolViolation(expected: "nothing after the end of the start", received: .readyForQuery))),
        Refusal(
            testDescription: "rows", messages: [.authenticationOk, .row],
            fault: .violation(ProtocolViolation(expected: "a message of the start", received: .dataRow))),
        Refusal(
            testDescription: "a newer protocol", messages: [.negotiate(minor: 2)],
            fault: .unsupportedProtocolVersion(minor: 2)),
        Refusal(
            testDescription: "two negotiations", messages: [.negotiate(minor: 0), .negotiate(minor: 0)],
            fault: .violation(
                ProtocolViolation(expected: "a message of the start", received: .negotiateProtocolVersion))),
        Refusal(
            testDescription: "a negotiation after authentication",
            messages: [.authenticationOk, .negotiate(minor: 0)],
            fault: .violation(
                ProtocolViolation(expected: "a message of the start", received: .negotiateProtocolVersion))),
        Refusal(
            testDescription: "a salt of three bytes",
            messages: [Message(.authentication, hex("00000005 010203"))],
            fault: .malformed(.truncated(needed: 4, available: 3, offset: 4))),
    ])
    func `a start that is refused`(refusal: Refusal) throws {
        var start = Start(password: refusal.password)
        for message in refusal.messages.dropLast() { _ = try start.receive(message) }
        let last = try #require(refusal.messages.last)
        #expect(throws: refusal.fault) { try start.receive(last) }
        for message in Message.samples {
            #expect(throws: StartupFault.self, "\(message.tag) after the end") { try start.receive(message) }
        }
    }

    @Test func `a message before the start is refused`() {
        for message in Message.samples {
            var start = Start(isStarted: false)
            #expect(
                throws: StartupFault.violation(
                    ProtocolViolation(expected: "nothing before the start", received: message.tag))
            ) { try start.receive(message) }
        }
    }

    @Test func `notices and parameters are bounded`() throws {
        var start = Start()
        for _ in 0..<40 { _ = try start.receive(.notice) }
        #expect(start.machine.notices.count == 32)
        _ = try start.receive(.authenticationOk)
        for number in 0..<1_000 {
            _ = try start.receive(Message(.parameterStatus, Array("p\(number)\0v\0".utf8)))
        }
        _ = try start.receive(Message(.parameterStatus, Array("p0\0w\0".utf8)))
        #expect(start.machine.parameters.count == 1_000)
        #expect(start.machine.parameters["p0"] == "w")
        #expect(
            throws: StartupFault.violation(
                ProtocolViolation(expected: "fewer parameters", received: .parameterStatus))
        ) { try start.receive(Message(.parameterStatus, Array("one more\0v\0".utf8))) }
    }

    @Test func `no password is in a mirror of the machine`() {
        let start = Start()
        var dumped = ""
        dump(start.machine, to: &dumped)
        dump(start.identity, to: &dumped)
        #expect(!dumped.contains("pencil"))
        #expect("\(start.identity)" == "role app")
        #expect(!String(reflecting: start.machine).contains("pencil"))
    }
}
