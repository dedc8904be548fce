import PostgresProtocol
import TestSupport

/// A start of user `app` with cryptography that costs nothing and shows what it was given.
struct Start: ~Copyable {
    let identity: StartupMachine.Identity
    private(set) var machine: StartupMachine
    private var writer = ByteWriter()

    init(password: String? = "pencil", allowsCleartext: Bool = false, isStarted: Bool = true) {
        let policy = StartupPolicy(allowsCleartextPassword: allowsCleartext, iterations: 4_096...10_000)
        self.init(password: password, policy: policy, isStarted: isStarted)
    }

    init(
        password: String? = "pencil", policy: StartupPolicy, serverEndPoint: [UInt8]? = nil,
        keyCache: SCRAMKeyCache? = nil, isStarted: Bool = true
    ) {
        identity = StartupMachine.Identity(
            user: "app", password: password, parameters: [(name: "database", value: "shop")],
            policy: policy, isEncrypted: true, serverEndPoint: serverEndPoint, keyCache: keyCache,
            nonce: "ab",
            cryptography: Self.cheap, md5Hexadecimal: { "<\(String(decoding: $0, as: UTF8.self))>" })
        machine = StartupMachine(identity)
        if isStarted { machine.start(into: &writer) }
    }

    /// What the machine has written since the start or since `forgetSent()`.
    var sent: [UInt8] { writer.written }

    mutating func forgetSent() { writer.removeAll() }

    /// Hands a message to the machine, whose answer replaces what was sent before.
    mutating func receive(_ message: Message) throws(StartupFault) -> StartupMachine.Action {
        writer.removeAll()
        return try machine.received(message.tag, message.body.span.bytes, into: &writer)
    }

    /// Four bytes that depend on the input are enough for the order of things.
    private static let cheap = SCRAMCryptography(
        sha256: { fold($0) }, hmacSHA256: { fold($0 + $1) },
        pbkdf2SHA256: { fold($0 + $1 + [UInt8($2 & 255)]) })

    static func fold(_ bytes: [UInt8]) -> [UInt8] {
        let sum = bytes.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
        return (0..<4).map { UInt8(truncatingIfNeeded: sum >> (8 * $0)) }
    }
}

extension Message {
    static let authenticationOk = Message(.authentication, [0, 0, 0, 0])
    static let cleartext = Message(.authentication, [0, 0, 0, 3])
    static let md5 = Message(.authentication, [0, 0, 0, 5, 1, 2, 3, 4])
    static let sasl = Message(.authentication, [0, 0, 0, 10] + Array("SCRAM-SHA-256\0\0".utf8))
    static let saslContinue = Message(.authentication, [0, 0, 0, 11] + Array("r=abc,s=AAAA,i=4096".utf8))
    /// The server's proof under the cheap cryptography.
    static let saslFinal = Message(.authentication, [0, 0, 0, 12] + Array("v=\(serverSignature)".utf8))
    static let backendKey = Message(.backendKeyData, [0, 0, 0, 9, 1, 2, 3, 4])

    static func negotiate(minor: UInt8) -> Message {
        Message(.negotiateProtocolVersion, [0, 3, 0, minor, 0, 0, 0, 0])
    }

    private static let serverSignature = "4I7sJA=="
}
