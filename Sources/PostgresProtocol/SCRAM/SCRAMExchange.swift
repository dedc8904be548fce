/// The client's side of SCRAM-SHA-256: messages in, messages out, no sockets, no primitives of its own.
///
/// Source: RFC 5802, RFC 7677; PostgreSQL 18 manual, "SASL Authentication".
public struct SCRAMExchange: Sendable {
    /// The mechanism's name.
    public static let mechanism = "SCRAM-SHA-256"

    /// The mechanism's name when it is bound to the server's certificate.
    public static let mechanismPlus = "SCRAM-SHA-256-PLUS"

    private enum State: Sendable {
        case initial
        case sentFirst
        case sentFinal(expectedSignature: [UInt8])
        case finished
    }

    private let password: [UInt8]
    private let nonce: String
    private let cryptography: SCRAMCryptography
    private let allowedIterations: ClosedRange<Int>
    private let binding: SCRAMChannelBinding
    private let keyCache: SCRAMKeyCache?
    private var state = State.initial

    /// Prepares an exchange.
    ///
    /// - Parameters:
    ///   - password: As the user typed it; it is prepared as RFC 4013 says.
    ///   - nonce: At least 18 random bytes, in printable ASCII without a comma.
    ///   - cryptography: The primitives.
    ///   - allowedIterations: What the server may ask for; the upper bound limits the time it can cost us.
    ///   - binding: What the exchange is bound to; it decides the mechanism.
    ///   - keyCache: Where salted passwords are remembered.
    public init(
        password: String, nonce: String, cryptography: SCRAMCryptography,
        allowedIterations: ClosedRange<Int>, binding: SCRAMChannelBinding = .none,
        keyCache: SCRAMKeyCache? = nil
    ) {
        self.binding = binding
        self.keyCache = keyCache
        self.password = SASLPreparation.prepare(password)
        self.nonce = nonce
        self.cryptography = cryptography
        self.allowedIterations = allowedIterations
    }

    /// Whether the server has proved that it knows the password.
    public var isFinished: Bool { if case .finished = state { true } else { false } }

    /// Makes the first message.
    ///
    /// The user name stays empty: the server takes the one of the StartupMessage.
    public mutating func clientFirst() -> [UInt8] {
        state = .sentFirst
        return Array("\(binding.header)\(clientFirstBare)".utf8)
    }

    /// Takes the server's first message and makes our last one.
    public mutating func received(serverFirst message: [UInt8]) throws(SCRAMFault) -> [UInt8] {
        guard case .sentFirst = state else { throw .malformed(.outOfOrder) }
        guard let text = String(validating: message, as: UTF8.self) else { throw .malformed(.serverFirst) }
        let challenge = try SCRAMChallenge(text)
        guard challenge.nonce.hasPrefix(nonce), challenge.nonce.utf8.count > nonce.utf8.count else {
            throw .wrongNonce
        }
        guard allowedIterations.contains(challenge.iterations) else {
            throw .iterationsOutOfRange(challenge.iterations, allowed: allowedIterations)
        }
        let salted = salted(challenge)
        let clientKey = cryptography.hmacSHA256(salted, Array("Client Key".utf8))
        let storedKey = cryptography.sha256(clientKey)
        let serverKey = cryptography.hmacSHA256(salted, Array("Server Key".utf8))
        let withoutProof = "c=\(binding.proof),r=\(challenge.nonce)"
        let exchanged = Array("\(clientFirstBare),\(text),\(withoutProof)".utf8)
        let signature = cryptography.hmacSHA256(storedKey, exchanged)
        let proof = zip(clientKey, signature).map { $0 ^ $1 }
        state = .sentFinal(expectedSignature: cryptography.hmacSHA256(serverKey, exchanged))
        return Array("\(withoutProof),p=\(Base64.encode(proof))".utf8)
    }

    private func salted(_ challenge: SCRAMChallenge) -> [UInt8] {
        if let known = keyCache?.salted(challenge.salt, challenge.iterations) { return known }
        let salted = cryptography.pbkdf2SHA256(password, challenge.salt, challenge.iterations)
        keyCache?.remember(challenge.salt, challenge.iterations, salted)
        return salted
    }

    /// Takes the server's last message; afterwards `isFinished` is true.
    public mutating func received(serverFinal message: [UInt8]) throws(SCRAMFault) {
        guard case .sentFinal(let expected) = state else { throw .malformed(.outOfOrder) }
        guard let text = String(validating: message, as: UTF8.self) else { throw .malformed(.serverFinal) }
        let value = text.dropFirst(2).prefix { $0 != "," }
        if text.hasPrefix("e=") { throw .server(Self.errorName(value)) }
        guard text.hasPrefix("v="), let signature = Base64.decode(value) else {
            throw .malformed(.serverFinal)
        }
        guard Self.equalInConstantTime(signature, expected) else { throw .wrongServerSignature }
        state = .finished
    }

    private var clientFirstBare: String { "n=,r=\(nonce)" }

    /// A name as `invalid-proof`; what does not look like one is not repeated.
    private static func errorName(_ value: Substring) -> String {
        let isName = value.utf8.count <= 64 && value.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f }
        return isName && !value.isEmpty ? String(value) : "other-error"
    }

    private static func equalInConstantTime(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

extension SCRAMExchange: CustomStringConvertible, CustomReflectable {
    /// The mechanism, none of the secrets.
    public var description: String { Self.mechanism }

    /// Shows nothing: password, nonce and signature are secrets.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
