import Foundation
import PostgresProtocol
import PostgresWire
import Testing

/// A peer that does not prove that it is the server.
@Suite struct LoginRefusalTests {
    private static let canary = "canary-password"

    private func connect(
        answering answers: [[UInt8]], host: String = "db.test",
        _ change: (inout PostgresConfiguration) -> Void = { _ in }
    ) async throws -> (error: PostgresError?, received: String) {
        let peer = try ScriptedPeer { line in
            for answer in answers {
                line.receive()
                line.send(answer)
            }
            line.receive()
        }
        defer { peer.stop() }
        var configuration = PostgresConfiguration(
            host: host, port: peer.port, user: "u", password: Self.canary)
        configuration.hostAddress = "127.0.0.1"
        configuration.tls.mode = .disable
        configuration.connectTimeout = .seconds(20)
        change(&configuration)
        var failure: PostgresError?
        do {
            try await PostgresConnection.connect(configuration).close()
        } catch {
            failure = error
        }
        return (failure, String(decoding: peer.received, as: UTF8.self))
    }

    @Test func `a stranger that asks for no proof is refused, and one on this machine is not`() async throws {
        let (error, _) = try await connect(answering: [BackendBytes.welcome()])
        #expect(error?.code == .connectionRefused)
        #expect(error?.reason.contains("require_auth=none") == true)
        #expect(try await connect(answering: [BackendBytes.welcome()], host: "localhost").error == nil)
        let accepted = try await connect(answering: [BackendBytes.welcome()]) {
            $0.requiredAuthentication = [.none]
        }
        #expect(accepted.error == nil)
    }

    @Test func `the password goes in the clear to a stranger only if that is spelled out`() async throws {
        let refused = try await connect(answering: [BackendBytes.cleartext])
        #expect(refused.error?.code == .connectionRefused)
        #expect(!refused.received.contains(Self.canary))
        let accepted = try await connect(answering: [BackendBytes.cleartext, BackendBytes.welcome()]) {
            $0.requiredAuthentication = [.password]
        }
        #expect(accepted.error == nil)
        #expect(accepted.received.contains(Self.canary))
    }

    @Test(arguments: StartupPolicy.Method.allCases)
    func `only the required ways are gone`(method: StartupPolicy.Method) async throws {
        let offers: [(StartupPolicy.Method, [UInt8])] = [
            (.none, BackendBytes.welcome()), (.password, BackendBytes.cleartext), (.md5, BackendBytes.md5),
            (.scramSHA256, BackendBytes.sasl(["SCRAM-SHA-256"])),
        ]
        for (offered, answer) in offers where offered != method {
            let (error, received) = try await connect(answering: [answer], host: "localhost") {
                $0.requiredAuthentication = [method]
            }
            #expect(error?.reason.contains("which require_auth does not name") == true)
            #expect(
                !received.contains(Self.canary) && !received.contains("md5") && !received.contains("SCRAM"))
        }
    }

    @Test(arguments: [
        BackendBytes.welcome(), BackendBytes.cleartext, BackendBytes.md5,
        BackendBytes.sasl(["SCRAM-SHA-256"]),
    ])
    func `nothing but bound SCRAM satisfies channel_binding=require`(answer: [UInt8]) async throws {
        let (error, received) = try await connect(answering: [answer], host: "localhost") {
            $0.channelBinding = .require
        }
        #expect(error?.reason.contains("channel_binding=require") == true)
        #expect(!received.contains(Self.canary) && !received.contains("SCRAM"))
    }

    @Test func `channel binding that is offered without encryption gives the interceptor away`() async throws
    {
        let offer = BackendBytes.sasl(["SCRAM-SHA-256-PLUS", "SCRAM-SHA-256"])
        let (error, received) = try await connect(answering: [offer])
        #expect(error?.reason.contains("somebody may stand between") == true)
        #expect(!received.contains("SCRAM"))
    }

    @Test(arguments: [
        "r=%,s=c2FsdA==,i=1", "r=%x,s=c2FsdA==,i=4095", "r=%x,s=c2FsdA==,i=1000001",
        "r=%x,s=c2FsdA==,i=2147483647",
        "r=%x,s=c2FsdA==,i=99999999999999999999", "r=%x,s=c2FsdA==,i=-1", "r=%x,s=c2FsdA==,i=0",
        "r=%x,s=c2FsdA==,i=4096x", "r=%x,s=c2FsdA==,i=+4096", "r=%,s=c2FsdA==,i=4096",
        "r=other,s=c2FsdA==,i=4096",
        "r=%x,s=,i=4096", "r=%x,s=!!!,i=4096", "m=x,r=%x,s=c2FsdA==,i=4096", "", "e=other-error",
    ])
    func `a SCRAM challenge that is not right costs no work`(challenge: String) async throws {
        let started = ContinuousClock.now
        let peer = try ScriptedPeer { line in
            line.receive()
            line.send(BackendBytes.sasl(["SCRAM-SHA-256"]))
            let first = String(decoding: line.receive(), as: UTF8.self)
            let nonce = first.range(of: "r=").map { String(first[$0.upperBound...]) } ?? ""
            line.send(BackendBytes.saslContinue(challenge.replacing("%", with: nonce)))
            line.receive()
        }
        defer { peer.stop() }
        var configuration = PostgresConfiguration(
            host: "localhost", port: peer.port, user: "u", password: Self.canary)
        configuration.hostAddress = "127.0.0.1"
        let error = await #expect(throws: PostgresError.self) {
            try await PostgresConnection.connect(configuration)
        }
        #expect(error?.code == .connectionRefused)
        #expect(ContinuousClock.now - started < .seconds(5))
        #expect(!String(decoding: peer.received, as: UTF8.self).contains("p="))
    }

    @Test func `being let in before the server has proved itself is refused`() async throws {
        let early = try await connect(
            answering: [BackendBytes.sasl(["SCRAM-SHA-256"]), BackendBytes.welcome()], host: "localhost")
        #expect(early.error?.code == .connectionRefused)
    }

    @Test func `a message of more than 64 KiB before the login is refused at once`() async throws {
        let huge = Array("R".utf8) + BackendBytes.integer(0x4000_0000)
        let (error, _) = try await connect(answering: [huge])
        #expect(error?.code == .protocolViolation)
    }

    @Test(arguments: ["a\0b", "\0"])
    func `a character U+0000 never reaches a server`(text: String) async throws {
        for change in [
            { $0.user = text }, { $0.password = text }, { $0.database = text }, { $0.applicationName = text },
            { $0.runtimeParameters["x"] = text }, { $0.runtimeParameters[text] = "x" },
        ] as [(inout PostgresConfiguration) -> Void] {
            let (error, received) = try await connect(answering: [BackendBytes.welcome()], change)
            #expect(error?.code == .encoding || error?.code == .invalidConfiguration)
            #expect(received.isEmpty)
        }
    }
}
