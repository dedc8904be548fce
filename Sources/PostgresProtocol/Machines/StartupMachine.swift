/// Leads a session from the first message to the first ReadyForQuery: messages in, messages out.
///
/// Source: PostgreSQL 18 manual, "Start-up".
public struct StartupMachine: Sendable {
    /// What is told to the server about us, and what we allow.
    public struct Identity: Sendable {
        /// The role to connect as.
        public var user: String
        /// The role's password.
        public var password: String?
        /// All parameters of the StartupMessage but the user.
        public var parameters: [(name: String, value: String)]
        /// Whether the password may be sent as it is.
        public var allowsCleartextPassword: Bool
        /// How many SCRAM iterations the server may ask for.
        public var allowedIterations: ClosedRange<Int>
        /// Random printable ASCII for SCRAM, at least 18 bytes of randomness, without a comma.
        public var nonce: String
        /// The primitives for SCRAM.
        public var cryptography: SCRAMCryptography
        /// MD5 of a message, as 32 lower-case hexadecimal digits.
        public var md5Hexadecimal: @Sendable ([UInt8]) -> String

        /// Collects what a start needs.
        public init(
            user: String, password: String?, parameters: [(name: String, value: String)],
            allowsCleartextPassword: Bool, allowedIterations: ClosedRange<Int>, nonce: String,
            cryptography: SCRAMCryptography, md5Hexadecimal: @escaping @Sendable ([UInt8]) -> String
        ) {
            self.user = user
            self.password = password
            self.parameters = parameters
            self.allowsCleartextPassword = allowsCleartextPassword
            self.allowedIterations = allowedIterations
            self.nonce = nonce
            self.cryptography = cryptography
            self.md5Hexadecimal = md5Hexadecimal
        }
    }

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
        case exchanging(SCRAMExchange)
        case authenticated
        case ready
    }

    private let identity: Identity
    private var state = State.initial

    /// How the server made sure who we are: `trust`, `password`, `md5` or `scram-sha-256`.
    public private(set) var authenticationMethod = "trust"
    /// What a cancel request needs; nil if the server sent none.
    public private(set) var backendKey: BackendKey?
    /// What the server reported of its parameters.
    public private(set) var parameters: [String: String] = [:]
    /// Notices that came during the start.
    public private(set) var notices: [DiagnosticFields] = []
    /// Whether the server has let us in, after which messages may be larger than 64 KiB.
    public private(set) var isAuthenticated = false

    /// Prepares a start for `identity`.
    public init(_ identity: Identity) { self.identity = identity }

    /// Appends the StartupMessage.
    public mutating func start(into writer: inout ByteWriter) {
        state = .authenticating
        let parameters = [(name: "user", value: identity.user)] + identity.parameters
        writer.appendStartup(version: ByteWriter.protocolVersion30, parameters: parameters)
    }

    /// Takes one message; answers go into `writer`.
    public mutating func received(
        _ tag: BackendTag, _ body: RawSpan, into writer: inout ByteWriter
    ) throws(StartupFault) -> Action {
        do {
            return try take(tag, body, into: &writer)
        } catch let fault as WireFault {
            throw .malformed(fault)
        } catch let fault as StartupFault {
            throw fault
        } catch let fault as SCRAMFault {
            throw .scram(fault)
        } catch let violation as ProtocolViolation {
            throw .violation(violation)
        } catch {
            throw .violation(ProtocolViolation(expected: "a message of the start", received: tag))
        }
    }

    private mutating func take(
        _ tag: BackendTag, _ body: RawSpan, into writer: inout ByteWriter
    ) throws -> Action {
        switch tag {
        case .errorResponse:
            throw StartupFault.server(try DiagnosticFields(body))
        case .noticeResponse:
            if notices.count < 32 { notices.append(try DiagnosticFields(body)) }
            return .wait
        case .negotiateProtocolVersion:
            let answer = try NegotiateProtocolVersion(body)
            guard case .authenticating = state, answer.minorVersion == 0 else {
                throw StartupFault.unsupportedProtocolVersion(minor: answer.minorVersion)
            }
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

    private mutating func settle(_ tag: BackendTag, _ body: RawSpan) throws -> Action {
        switch tag {
        case .parameterStatus:
            let status = try ParameterStatus(body)
            guard parameters.count < 1_000 else {
                throw ProtocolViolation(expected: "fewer parameters", received: tag)
            }
            parameters[status.name] = status.value
            return .wait
        case .backendKeyData:
            backendKey = try BackendKey(body)
            return .wait
        default:
            _ = try TransactionStatus(readyForQuery: body)
            state = .ready
            return .ready
        }
    }

    private mutating func authenticate(
        _ request: AuthenticationRequest, into writer: inout ByteWriter
    ) throws -> Action {
        switch (state, request) {
        case (.authenticating, .ok):
            state = .authenticated
            isAuthenticated = true
            return .wait
        case (.exchanging(let exchange), .ok):
            guard exchange.isFinished else { throw StartupFault.authenticationSkipped }
            state = .authenticated
            isAuthenticated = true
            return .wait
        case (.authenticating, .cleartextPassword):
            guard identity.allowsCleartextPassword else { throw StartupFault.cleartextPasswordRefused }
            authenticationMethod = "password"
            writer.appendPassword(try password())
            return .send
        case (.authenticating, .md5Password(let salt)):
            authenticationMethod = "md5"
            let inner = identity.md5Hexadecimal(Array((try password() + identity.user).utf8))
            writer.appendPassword("md5" + identity.md5Hexadecimal(Array(inner.utf8) + salt))
            return .send
        case (.authenticating, .sasl(let mechanisms)):
            guard mechanisms.contains(SCRAMExchange.mechanism) else {
                throw StartupFault.unsupportedAuthentication(mechanisms.joined(separator: ", "))
            }
            authenticationMethod = "scram-sha-256"
            var exchange = SCRAMExchange(
                password: try password(), nonce: identity.nonce, cryptography: identity.cryptography,
                allowedIterations: identity.allowedIterations)
            writer.appendSASLInitialResponse(
                mechanism: SCRAMExchange.mechanism, data: exchange.clientFirst())
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

    private func password() throws(StartupFault) -> String {
        guard let password = identity.password else { throw .passwordMissing }
        return password
    }
}
