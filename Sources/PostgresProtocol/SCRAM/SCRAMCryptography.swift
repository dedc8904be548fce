/// The primitives that the SCRAM exchange needs; the client passes in OpenSSL's.
public struct SCRAMCryptography: Sendable {
    /// SHA-256 of a message: 32 bytes.
    public var sha256: @Sendable (_ message: [UInt8]) -> [UInt8]
    /// HMAC-SHA-256: 32 bytes.
    public var hmacSHA256: @Sendable (_ key: [UInt8], _ message: [UInt8]) -> [UInt8]
    /// PBKDF2 with HMAC-SHA-256: 32 bytes.
    ///
    /// Cost: about 0.3 µs an iteration.
    public var pbkdf2SHA256: @Sendable (_ password: [UInt8], _ salt: [UInt8], _ iterations: Int) -> [UInt8]

    /// Names the three functions.
    public init(
        sha256: @escaping @Sendable ([UInt8]) -> [UInt8],
        hmacSHA256: @escaping @Sendable ([UInt8], [UInt8]) -> [UInt8],
        pbkdf2SHA256: @escaping @Sendable ([UInt8], [UInt8], Int) -> [UInt8]
    ) {
        self.sha256 = sha256
        self.hmacSHA256 = hmacSHA256
        self.pbkdf2SHA256 = pbkdf2SHA256
    }
}
