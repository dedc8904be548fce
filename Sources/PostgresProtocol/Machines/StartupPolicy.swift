/// Which ways of proving who is who are accepted at the start of a session.
public struct StartupPolicy: Sendable, Hashable {
    /// A way in which the server makes sure who we are.
    ///
    /// Source: PostgreSQL 18 manual, `require_auth`.
    public enum Method: String, Sendable, CaseIterable {
        /// The server asks for nothing.
        case none
        case password
        case md5
        case scramSHA256 = "scram-sha-256"
    }

    /// Whether SCRAM is bound to the server's certificate.
    ///
    /// Source: PostgreSQL 18 manual, `channel_binding`.
    public enum ChannelBinding: String, Sendable, CaseIterable {
        case disable
        /// If the connection is encrypted and the server offers it.
        case prefer
        /// Else there is no session: it is the one way that also unmasks a server with a stolen certificate.
        case require
    }

    /// The accepted ways; any other request of the server ends the start before a secret is sent.
    public var methods: Set<Method>
    /// Whether SCRAM is bound to the certificate.
    public var channelBinding: ChannelBinding
    /// Whether the password may be sent as it is: only where nobody can listen.
    public var allowsCleartextPassword: Bool
    /// How many SCRAM iterations the server may ask for.
    public var iterations: ClosedRange<Int>

    /// The oldest and the newest version of the protocol to speak; the server chooses.
    public var versions: ClosedRange<PostgresProtocolVersion>

    /// Accepts every way but the password in the clear.
    public init(
        methods: Set<Method> = Set(Method.allCases), channelBinding: ChannelBinding = .prefer,
        allowsCleartextPassword: Bool = false, iterations: ClosedRange<Int> = 4_096...1_000_000,
        versions: ClosedRange<PostgresProtocolVersion> = .v30 ... .v30
    ) {
        self.methods = methods
        self.channelBinding = channelBinding
        self.allowsCleartextPassword = allowsCleartextPassword
        self.iterations = iterations
        self.versions = versions
    }
}
