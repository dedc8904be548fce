import Locking
import PostgresProtocol
import TestSupport
import Testing

@Suite struct StartupPolicyTests {
    private static let certificate: [UInt8] = [1, 2, 3]
    private static let both = Message(
        .authentication, [0, 0, 0, 10] + Array("SCRAM-SHA-256-PLUS\0SCRAM-SHA-256\0\0".utf8))
    private static let plusOnly = Message(
        .authentication, [0, 0, 0, 10] + Array("SCRAM-SHA-256-PLUS\0\0".utf8))

    private func policy(
        _ binding: StartupPolicy.ChannelBinding, methods: Set<StartupPolicy.Method> = [.scramSHA256]
    ) -> StartupPolicy {
        StartupPolicy(methods: methods, channelBinding: binding, iterations: 4_096...10_000)
    }

    @Test(arguments: [
        (Message.authenticationOk, StartupPolicy.Method.none), (.cleartext, .password), (.md5, .md5),
        (.sasl, .scramSHA256),
    ])
    func `a method that is not accepted is refused before anything is sent`(
        message: Message, method: StartupPolicy.Method
    ) throws {
        var methods = Set(StartupPolicy.Method.allCases)
        var accepting = Start(policy: StartupPolicy(methods: methods, allowsCleartextPassword: true))
        _ = try accepting.receive(message)
        methods.remove(method)
        var refusing = Start(policy: StartupPolicy(methods: methods, allowsCleartextPassword: true))
        refusing.forgetSent()
        #expect(throws: StartupFault.methodRefused(method)) { try refusing.receive(message) }
        #expect(refusing.sent.isEmpty)
        #expect(!refusing.machine.isAuthenticated)
    }

    @Test(arguments: [
        (StartupPolicy.ChannelBinding.disable, true, "SCRAM-SHA-256", "n,,n=,r=ab"),
        (.prefer, true, "SCRAM-SHA-256-PLUS", "p=tls-server-end-point,,n=,r=ab"),
        (.require, true, "SCRAM-SHA-256-PLUS", "p=tls-server-end-point,,n=,r=ab"),
        (.disable, false, "SCRAM-SHA-256", "n,,n=,r=ab"), (.prefer, false, "SCRAM-SHA-256", "n,,n=,r=ab"),
    ])
    func `SCRAM is bound to the certificate where both sides can`(
        binding: StartupPolicy.ChannelBinding, hasCertificate: Bool, mechanism: String, first: String
    ) throws {
        var start = Start(
            policy: policy(binding), serverEndPoint: hasCertificate ? Self.certificate : nil)
        #expect(try start.receive(Self.both) == .send)
        let wanted = Array("\(mechanism)\0".utf8) + [0, 0, 0, UInt8(first.utf8.count)] + Array(first.utf8)
        #expect(Array(start.sent.dropFirst(5)) == wanted)
    }

    @Test func `a server that could bind and does not offer it is told so`() throws {
        var start = Start(policy: policy(.prefer), serverEndPoint: Self.certificate)
        _ = try start.receive(.sasl)
        #expect(String(decoding: start.sent.suffix(10), as: UTF8.self) == "y,,n=,r=ab")
        _ = try start.receive(.saslContinue)
        #expect(String(decoding: start.sent.dropFirst(5).prefix(14), as: UTF8.self) == "c=eSws,r=abc,p")
    }

    @Test func `the last message repeats the binding and the hash of the certificate`() throws {
        var start = Start(policy: policy(.require), serverEndPoint: Self.certificate)
        _ = try start.receive(Self.both)
        _ = try start.receive(.saslContinue)
        // Base64 of "p=tls-server-end-point,," and the bytes 1, 2, 3.
        #expect(
            String(decoding: start.sent.dropFirst(5).prefix(46), as: UTF8.self)
                == "c=cD10bHMtc2VydmVyLWVuZC1wb2ludCwsAQID,r=abc,p")
        #expect(start.machine.channelBinding == .serverEndPoint(Self.certificate))
    }

    @Test(arguments: [Message.authenticationOk, .md5, .cleartext, .sasl])
    func `where binding is required nothing less is accepted`(message: Message) {
        let all = Set(StartupPolicy.Method.allCases)
        let strict = StartupPolicy(
            methods: all, channelBinding: .require, allowsCleartextPassword: true, iterations: 4_096...10_000)
        var start = Start(policy: strict, serverEndPoint: Self.certificate)
        start.forgetSent()
        #expect(throws: StartupFault.channelBindingUnavailable) { try start.receive(message) }
        #expect(start.sent.isEmpty)
    }

    @Test func `without a certificate a required binding cannot be, nor a mechanism that needs one`() {
        var required = Start(policy: policy(.require))
        #expect(throws: StartupFault.channelBindingUnavailable) { try required.receive(Self.both) }
        var preferred = Start(policy: policy(.prefer))
        #expect(throws: StartupFault.unsupportedAuthentication("SCRAM-SHA-256-PLUS")) {
            try preferred.receive(Self.plusOnly)
        }
    }

    @Test func `a salted password is made once for a salt and a number of iterations`() throws {
        let made = Lock<[String: [UInt8]]>([:])
        let asked = Lock(0)
        let cache = SCRAMKeyCache(
            salted: { salt, iterations in
                asked.withLock { $0 += 1 }
                return made.withLock { $0["\(salt) \(iterations)"] }
            },
            remember: { salt, iterations, salted in
                made.withLock { $0["\(salt) \(iterations)"] = salted }
            })
        for _ in 0..<2 {
            var start = Start(policy: policy(.disable), keyCache: cache)
            for message in [Message.sasl, .saslContinue, .saslFinal, .authenticationOk, .ready] {
                _ = try start.receive(message)
            }
        }
        #expect(asked.withLock { $0 } == 2)
        #expect(made.withLock { Array($0.keys) } == ["[0, 0, 0] 4096"])
    }
}
