extension StartupMachine {
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
        ///
        /// No text holds U+0000; the caller has checked (`holdsZeroByte`).
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
}

extension StartupMachine.Identity: CustomStringConvertible, CustomReflectable {
    /// The role, none of the secrets.
    public var description: String { "role \(user)" }

    /// The role, none of the secrets.
    public var customMirror: Mirror { Mirror(self, children: ["user": user]) }
}
