extension StartupMachine {
    /// What is told to the server about us, and what we allow.
    public struct Identity: Sendable {
        /// The role to connect as.
        public var user: String
        /// The role's password.
        public var password: String?
        /// All parameters of the StartupMessage but the user.
        public var parameters: [(name: String, value: String)]
        /// Which ways of proving who is who are accepted.
        public var policy: StartupPolicy
        /// The hash of the server's certificate that SCRAM can be bound to; nil without TLS.
        public var serverEndPoint: [UInt8]?
        /// Whether the connection is encrypted.
        public var isEncrypted: Bool
        /// Where salted passwords are remembered.
        public var keyCache: SCRAMKeyCache?
        /// Random printable ASCII for SCRAM, at least 18 bytes of randomness, without a comma.
        public var nonce: String
        /// The primitives for SCRAM.
        public var cryptography: SCRAMCryptography
        /// MD5 of a message, as 32 lower-case hexadecimal digits.
        public var md5Hexadecimal: @Sendable ([UInt8]) -> String

        /// Collects what a start needs.
        ///
        /// No text holds U+0000; the caller has checked (`holdsZeroByte`).
        public init(
            user: String, password: String?, parameters: [(name: String, value: String)],
            policy: StartupPolicy, isEncrypted: Bool = false, serverEndPoint: [UInt8]? = nil,
            keyCache: SCRAMKeyCache? = nil,
            nonce: String, cryptography: SCRAMCryptography,
            md5Hexadecimal: @escaping @Sendable ([UInt8]) -> String
        ) {
            self.isEncrypted = isEncrypted || serverEndPoint != nil
            self.serverEndPoint = serverEndPoint
            self.keyCache = keyCache
            self.user = user
            self.password = password
            self.parameters = parameters
            self.policy = policy
            self.nonce = nonce
            self.cryptography = cryptography
            self.md5Hexadecimal = md5Hexadecimal
        }
    }
}

extension StartupMachine.Identity: CustomStringConvertible, CustomReflectable {
    /// The role, none of the secrets.
    public var description: String { "role \(user)" }

    /// The role, none of the secrets.
    public var customMirror: Mirror { Mirror(self, children: ["user": user]) }
}
