/// Leads a session from the first message to the first ReadyForQuery: messages in, messages out.
///
/// Source: PostgreSQL 18 manual, "Start-up".
public struct StartupMachine: Sendable {
    /// What the driver does next.
    public enum Action: Sendable, Equatable {
        /// Read the next message.
        case wait
        /// Send what was appended to the writer, then read the next message.
        case send
        /// The session is ready for queries.
        case ready
    }

    private enum State: Sendable {
        case initial
        case authenticating
        case sentPassword
        case exchanging(SCRAMExchange)
        case authenticated
        case ended
    }

    private static let maximumNotices = 32
    private static let maximumParameters = 1_000

    private let identity: Identity
    private var state = State.initial
    private var hasNegotiated = false

    /// How the server made sure who we are: `trust`, `password`, `md5` or `scram-sha-256`.
    public private(set) var authenticationMethod = "trust"
    /// What the SCRAM exchange was bound to.
    public private(set) var channelBinding = SCRAMChannelBinding.none
    /// The version that is spoken: the newest that was asked for, unless the server has named an older one.
    public private(set) var protocolVersion: PostgresProtocolVersion
    /// What a cancel request needs; nil if the server sent none.
    public private(set) var backendKey: BackendKey?
    /// What the server reported of its parameters, at most 1,000.
    public private(set) var parameters: [String: String] = [:]
    /// Notices that came during the start, the first 32.
    public private(set) var notices: [DiagnosticFields] = []
    /// Whether the server has let us in, after which messages may be larger than 64 KiB.
    public private(set) var isAuthenticated = false

    /// Prepares a start for `identity`.
    public init(_ identity: Identity) {
        self.identity = identity
        protocolVersion = identity.policy.versions.upperBound
    }

    /// Appends the StartupMessage.
    public mutating func start(into writer: inout ByteWriter) {
        state = .authenticating
        let parameters = [(name: "user", value: identity.user)] + identity.parameters
        writer.appendStartup(version: identity.policy.versions.upperBound, parameters: parameters)
    }

    /// Takes one message; answers go into `writer`.
    ///
    /// - Throws: why the session cannot come to be; from then on every message is refused, as it is after `ready`.
    public mutating func received(
        _ tag: BackendTag, _ body: RawSpan, into writer: inout ByteWriter
    ) throws(StartupFault) -> Action {
        do {
            return try take(tag, body, into: &writer)
        } catch {
            state = .ended
            switch error {
            case let fault as WireFault: throw .malformed(fault)
            case let fault as StartupFault: throw fault
            case let fault as SCRAMFault: throw .scram(fault)
            case let violation as ProtocolViolation: throw .violation(violation)
            default: throw .violation(ProtocolViolation(expected: "a message of the start", received: tag))
            }
        }
    }

    private mutating func take(
        _ tag: BackendTag, _ body: RawSpan, into writer: inout ByteWriter
    ) throws -> Action {
        switch state {
        case .initial: throw ProtocolViolation(expected: "nothing before the start", received: tag)
        case .ended: throw ProtocolViolation(expected: "nothing after the end of the start", received: tag)
        default: break
        }
        switch tag {
        case .errorResponse:
            throw StartupFault.server(try DiagnosticFields(body))
        case .noticeResponse:
            let notice = try DiagnosticFields(body)
            if notices.count < Self.maximumNotices { notices.append(notice) }
            return .wait
        case .negotiateProtocolVersion:
            let answer = try NegotiateProtocolVersion(body)
            guard case .authenticating = state, !hasNegotiated else {
                throw ProtocolViolation(expected: "a message of the start", received: tag)
            }
            hasNegotiated = true
            try settle(on: answer)
            return .wait
        case .authentication:
            return try authenticate(try AuthenticationRequest(body), into: &writer)
        case .parameterStatus, .backendKeyData, .readyForQuery:
            guard isAuthenticated else {
                throw ProtocolViolation(expected: "authentication", received: tag)
            }
            return try settle(tag, body)
        default:
            throw ProtocolViolation(expected: "a message of the start", received: tag)
        }
    }

    /// Takes the older version that the server names; one that was not asked for is refused.
    private mutating func settle(on answer: NegotiateProtocolVersion) throws(StartupFault) {
        let wanted = identity.policy.versions
        let version = PostgresProtocolVersion.allCases.first { $0.number & 0xffff == answer.minorVersion }
        guard let version, wanted.contains(version) else {
            throw .unsupportedProtocolVersion(minor: answer.minorVersion)
        }
        protocolVersion = version
    }

    private mutating func settle(_ tag: BackendTag, _ body: RawSpan) throws -> Action {
        switch tag {
        case .parameterStatus:
            let status = try ParameterStatus(body)
            guard parameters.count < Self.maximumParameters || parameters[status.name] != nil else {
                throw ProtocolViolation(expected: "fewer parameters", received: tag)
            }
            parameters[status.name] = status.value
            return .wait
        case .backendKeyData:
            guard backendKey == nil else {
                throw ProtocolViolation(expected: "one BackendKeyData", received: tag)
            }
            let key = try BackendKey(body)
            guard protocolVersion >= .v32 || key.secret.count == 4 else {
                throw ProtocolViolation(expected: "a key of 4 bytes in protocol 3.0", received: tag)
            }
            backendKey = key
            return .wait
        default:
            guard try TransactionStatus(readyForQuery: body) == .idle else {
                throw ProtocolViolation(expected: "a session without a transaction", received: tag)
            }
            state = .ended
            return .ready
        }
    }

    private mutating func authenticate(
        _ request: AuthenticationRequest, into writer: inout ByteWriter
    ) throws -> Action {
        switch (state, request) {
        case (.authenticating, .ok):
            try require(.none)
            state = .authenticated
            isAuthenticated = true
            return .wait
        case (.sentPassword, .ok):
            state = .authenticated
            isAuthenticated = true
            return .wait
        case (.exchanging(let exchange), .ok):
            guard exchange.isFinished else { throw StartupFault.authenticationSkipped }
            state = .authenticated
            isAuthenticated = true
            return .wait
        case (.authenticating, .cleartextPassword):
            guard identity.policy.allowsCleartextPassword else { throw StartupFault.cleartextPasswordRefused }
            try require(.password)
            authenticationMethod = "password"
            writer.appendPassword(try password())
            state = .sentPassword
            return .send
        case (.authenticating, .md5Password(let salt)):
            try require(.md5)
            authenticationMethod = "md5"
            let inner = identity.md5Hexadecimal(Array((try password() + identity.user).utf8))
            writer.appendPassword("md5" + identity.md5Hexadecimal(Array(inner.utf8) + salt))
            state = .sentPassword
            return .send
        case (.authenticating, .sasl(let mechanisms)):
            let binding = try binding(for: mechanisms)
            channelBinding = binding
            authenticationMethod = "scram-sha-256"
            var exchange = SCRAMExchange(
                password: try password(), nonce: identity.nonce, cryptography: identity.cryptography,
                allowedIterations: identity.policy.iterations, binding: binding, keyCache: identity.keyCache)
            writer.appendSASLInitialResponse(mechanism: binding.mechanism, data: exchange.clientFirst())
            state = .exchanging(exchange)
            return .send
        case (.exchanging(var exchange), .saslContinue(let message)):
            writer.appendSASLResponse(try exchange.received(serverFirst: message))
            state = .exchanging(exchange)
            return .send
        case (.exchanging(var exchange), .saslFinal(let message)):
            try exchange.received(serverFinal: message)
            state = .exchanging(exchange)
            return .wait
        case (_, .unsupported(let code)):
            throw StartupFault.unsupportedAuthentication("method \(code)")
        default:
            throw ProtocolViolation(expected: "another authentication message", received: .authentication)
        }
    }

    /// Refuses a way that is not accepted, before anything secret is sent.
    private func require(_ method: StartupPolicy.Method) throws(StartupFault) {
        guard identity.policy.methods.contains(method) else { throw .methodRefused(method) }
        guard method == .scramSHA256 || identity.policy.channelBinding != .require else {
            throw .channelBindingUnavailable
        }
    }

    /// Chooses what SCRAM is bound to.
    private func binding(for mechanisms: [String]) throws(StartupFault) -> SCRAMChannelBinding {
        try require(.scramSHA256)
        let policy = identity.policy.channelBinding
        let isOffered = mechanisms.contains(SCRAMExchange.mechanismPlus)
        if isOffered, !identity.isEncrypted, policy != .disable {
            throw .channelBindingWithoutEncryption
        }
        if policy != .disable, isOffered, let hash = identity.serverEndPoint { return .serverEndPoint(hash) }
        guard policy != .require else { throw .channelBindingUnavailable }
        guard mechanisms.contains(SCRAMExchange.mechanism) else {
            throw .unsupportedAuthentication(mechanisms.joined(separator: ", "))
        }
        return policy == .disable || identity.serverEndPoint == nil ? .none : .notOffered
    }

    private func password() throws(StartupFault) -> String {
        guard let password = identity.password else { throw .passwordMissing }
        return password
    }
}
