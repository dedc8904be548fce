import PostgresProtocol
import TestSupport
import Testing

@Suite struct SCRAMTests {
    static let cryptography = SCRAMCryptography(
        sha256: { PureSHA256.hash($0) }, hmacSHA256: { PureSHA256.hmac($0, $1) },
        pbkdf2SHA256: { PureSHA256.pbkdf2($0, $1, $2) })

    private func exchange(iterations: ClosedRange<Int> = 1...1_000_000) -> SCRAMExchange {
        SCRAMExchange(
            password: "pencil", nonce: "rOprNGfwEbeRWgbNEkqO", cryptography: Self.cryptography,
            allowedIterations: iterations)
    }

    private func started(iterations: ClosedRange<Int> = 1...1_000_000) -> SCRAMExchange {
        var exchange = exchange(iterations: iterations)
        _ = exchange.clientFirst()
        return exchange
    }

    /// An exchange of one iteration that waits for the server's last message.
    private func answered() throws -> SCRAMExchange {
        var exchange = started()
        _ = try exchange.received(serverFirst: Array("r=rOprNGfwEbeRWgbNEkqO+,s=c2FsdA==,i=1".utf8))
        return exchange
    }

    @Test func `SHA-256, HMAC and PBKDF2 give the published values`() {
        #expect(
            PureSHA256.hash(Array("abc".utf8)).hexadecimal
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(
            PureSHA256.hash([]).hexadecimal
                == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(
            PureSHA256.hmac(Array("Jefe".utf8), Array("what do ya want for nothing?".utf8)).hexadecimal
                == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        #expect(
            PureSHA256.pbkdf2(Array("password".utf8), Array("salt".utf8), 2).hexadecimal
                == "ae4d0c95af6b46d32d0adff928f06dd02a303f8ef3c251dfd6e2d85a95474c43")
    }

    /// The example of RFC 7677, section 3, with the empty user name that PostgreSQL uses in place of `user`.
    @Test func `the exchange of RFC 7677 with an empty user name`() throws {
        var exchange = exchange()
        let first = exchange.clientFirst()
        #expect(String(decoding: first, as: UTF8.self) == "n,,n=,r=rOprNGfwEbeRWgbNEkqO")
        let serverFirst =
            "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"
        let final = try exchange.received(serverFirst: Array(serverFirst.utf8))
        #expect(
            String(decoding: final, as: UTF8.self)
                == "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=qvT2SWdEH5Q06albL+hjSYuUhCG7VndFyzIb7CK4n9k="
        )
        #expect(!exchange.isFinished)
        try exchange.received(serverFinal: Array("v=3HO6Qt1M4MKJrmlKaoOqLAI0/0TV0HZe7J9H3MBtSOg=".utf8))
        #expect(exchange.isFinished)
    }

    @Test(arguments: [
        ("r=otherNonce,s=c2FsdA==,i=4096", SCRAMFault.wrongNonce),
        ("r=rOprNGfwEbeRWgbNEkqO,s=c2FsdA==,i=4096", .wrongNonce),
        ("r=rOprNGfwEbeRWgbNEkq,s=c2FsdA==,i=4096", .wrongNonce),
        ("r=,s=c2FsdA==,i=4096", .wrongNonce),
        ("m=ext,r=rOprNGfwEbeRWgbNEkqO+,s=c2FsdA==,i=4096", .malformed(.extensions)),
        ("", .malformed(.serverFirst)),
        ("r=rOprNGfwEbeRWgbNEkqO+", .malformed(.serverFirst)),
        ("r=rOprNGfwEbeRWgbNEkqO+,s=c2FsdA==", .malformed(.serverFirst)),
        ("s=c2FsdA==,r=rOprNGfwEbeRWgbNEkqO+,i=4096", .malformed(.serverFirst)),
        ("r=rOprNGfwEbeRWgbNEkqO+,i=4096,s=c2FsdA==", .malformed(.serverFirst)),
        ("r=rOprNGfwEbeRWgbNEkqO é,s=c2FsdA==,i=4096", .malformed(.serverFirst)),
        ("e=other-error", .malformed(.serverFirst)),
        ("r=rOprNGfwEbeRWgbNEkqO+,s=,i=4096", .malformed(.salt)),
        ("r=rOprNGfwEbeRWgbNEkqO+,s=c2FsdA=,i=4096", .malformed(.salt)),
        ("r=rOprNGfwEbeRWgbNEkqO+,s=c2FsdB==,i=4096", .malformed(.salt)),
        ("r=rOprNGfwEbeRWgbNEkqO+,s====,i=4096", .malformed(.salt)),
        ("r=rOprNGfwEbeRWgbNEkqO+,s=c2 sdA==,i=4096", .malformed(.salt)),
        ("r=rOprNGfwEbeRWgbNEkqO+,s=c2FsdA==,i=", .malformed(.iterations)),
        ("r=rOprNGfwEbeRWgbNEkqO+,s=c2FsdA==,i=0", .malformed(.iterations)),
        ("r=rOprNGfwEbeRWgbNEkqO+,s=c2FsdA==,i=-1", .malformed(.iterations)),
        ("r=rOprNGfwEbeRWgbNEkqO+,s=c2FsdA==,i=+4096", .malformed(.iterations)),
        ("r=rOprNGfwEbeRWgbNEkqO+,s=c2FsdA==,i=04096", .malformed(.iterations)),
        ("r=rOprNGfwEbeRWgbNEkqO+,s=c2FsdA==,i=4096 ", .malformed(.iterations)),
        ("r=rOprNGfwEbeRWgbNEkqO+,s=c2FsdA==,i=99999999999999999999", .malformed(.iterations)),
    ])
    func `a first message of the server that is refused`(message: String, fault: SCRAMFault) {
        #expect(throws: fault) {
            var exchange = started()
            _ = try exchange.received(serverFirst: Array(message.utf8))
        }
    }

    @Test(arguments: [
        (4_095, false), (4_096, true), (100_000, true), (100_001, false), (2_147_483_647, false),
    ])
    func `iterations are bounded before any of them is done`(iterations: Int, isAllowed: Bool) throws {
        let message = Array("r=rOprNGfwEbeRWgbNEkqO+,s=c2FsdA==,i=\(iterations)".utf8)
        let free = SCRAMCryptography(
            sha256: { _ in [] }, hmacSHA256: { _, _ in [] }, pbkdf2SHA256: { _, _, _ in [] })
        var exchange = SCRAMExchange(
            password: "pencil", nonce: "rOprNGfwEbeRWgbNEkqO", cryptography: free,
            allowedIterations: 4_096...100_000)
        _ = exchange.clientFirst()
        do {
            _ = try exchange.received(serverFirst: message)
            #expect(isAllowed)
        } catch {
            #expect(!isAllowed)
            #expect(error == .iterationsOutOfRange(iterations, allowed: 4_096...100_000))
        }
    }

    @Test func `extensions after the iterations are ignored, and signed`() throws {
        var exchange = started()
        let answer = try exchange.received(
            serverFirst: Array("r=rOprNGfwEbeRWgbNEkqO+,s=c2FsdA==,i=1,x=y".utf8))
        #expect(String(decoding: answer, as: UTF8.self).hasPrefix("c=biws,r=rOprNGfwEbeRWgbNEkqO+,p="))
    }

    @Test(arguments: [
        ("v=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", SCRAMFault.wrongServerSignature),
        ("v=", .wrongServerSignature), ("v=AAAA", .wrongServerSignature),
        ("v=AAA", .malformed(.serverFinal)), ("v=A*==", .malformed(.serverFinal)),
        ("", .malformed(.serverFinal)), ("x=AAAA", .malformed(.serverFinal)),
        ("e=invalid-proof", .server("invalid-proof")), ("e=invalid-proof,x=y", .server("invalid-proof")),
        ("e=", .server("other-error")), ("e=two words", .server("other-error")),
        ("e=\u{1b}[2J", .server("other-error")),
    ])
    func `a last message of the server that is refused`(message: String, fault: SCRAMFault) throws {
        var exchange = try answered()
        do {
            try exchange.received(serverFinal: Array(message.utf8))
            Issue.record("\(message) was accepted")
        } catch {
            #expect(error == fault)
        }
        #expect(!exchange.isFinished)
    }

    @Test func `messages that are not UTF-8 are refused`() throws {
        var first = started()
        do {
            _ = try first.received(
                serverFirst: Array("r=rOprNGfwEbeRWgbNEkqO+,s=c2FsdA==,i=1,x=".utf8) + [0xff])
            Issue.record("wrong UTF-8 was accepted")
        } catch {
            #expect(error == .malformed(.serverFirst))
        }
        var last = try answered()
        do {
            try last.received(serverFinal: [0xff])
            Issue.record("wrong UTF-8 was accepted")
        } catch {
            #expect(error == .malformed(.serverFinal))
        }
    }

    @Test func `messages at the wrong time are refused`() throws {
        let serverFirst = Array("r=rOprNGfwEbeRWgbNEkqO+,s=c2FsdA==,i=1".utf8)
        var early = exchange()
        #expect(throws: SCRAMFault.malformed(.outOfOrder)) {
            _ = try early.received(serverFirst: serverFirst)
        }
        var finalFirst = started()
        #expect(throws: SCRAMFault.malformed(.outOfOrder)) { try finalFirst.received(serverFinal: [0x76]) }
        var twice = try answered()
        #expect(throws: SCRAMFault.malformed(.outOfOrder)) {
            _ = try twice.received(serverFirst: serverFirst)
        }
    }

    @Test func `no secret is in a description or a mirror`() throws {
        var dumped = ""
        dump(try answered(), to: &dumped)
        #expect(!dumped.contains("rOprNGfwEbeRWgbNEkqO"))
        #expect(!dumped.contains("112"))
        #expect("\(try answered())" == "SCRAM-SHA-256")
    }
}
