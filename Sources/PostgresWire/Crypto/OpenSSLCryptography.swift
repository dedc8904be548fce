internal import COpenSSL
package import PostgresProtocol

/// OpenSSL's primitives, in the shapes that the SCRAM exchange asks for.
package enum OpenSSLCryptography {
    /// The three functions of SCRAM-SHA-256.
    package static let scram = SCRAMCryptography(
        sha256: { digest($0, EVP_sha256(), bytes: 32) },
        hmacSHA256: { key, message in hmacSHA256(key: key, message: message) },
        pbkdf2SHA256: { password, salt, iterations in
            pbkdf2SHA256(password: password, salt: salt, iterations: iterations)
        })

    /// MD5 as 32 lower-case hexadecimal digits, for servers that still ask for it.
    package static func md5Hexadecimal(_ message: [UInt8]) -> String {
        hexadecimal(digest(message, EVP_md5(), bytes: 16))
    }

    /// SHA-256 as 64 lower-case hexadecimal digits.
    package static func sha256Hexadecimal(_ message: [UInt8]) -> String {
        hexadecimal(digest(message, EVP_sha256(), bytes: 32))
    }

    /// Random bytes of OpenSSL's generator.
    package static func random(count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let result = RAND_bytes(&bytes, Int32(count))
        precondition(result == 1, "OpenSSL has no randomness")
        return bytes
    }

    private static func digest(_ message: [UInt8], _ algorithm: OpaquePointer?, bytes: Int) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: bytes)
        let result = EVP_Digest(message, message.count, &output, nil, algorithm, nil)
        precondition(result == 1, "OpenSSL lacks a digest")
        return output
    }

    private static func hmacSHA256(key: [UInt8], message: [UInt8]) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: 32)
        let result = HMAC(EVP_sha256(), key, Int32(key.count), message, message.count, &output, nil)
        precondition(result != nil, "OpenSSL lacks HMAC-SHA-256")
        return output
    }

    private static func pbkdf2SHA256(password: [UInt8], salt: [UInt8], iterations: Int) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: 32)
        let result = password.withUnsafeBytes { password in
            PKCS5_PBKDF2_HMAC(
                password.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(password.count), salt,
                Int32(salt.count), Int32(iterations), EVP_sha256(), 32, &output)
        }
        precondition(result == 1, "OpenSSL lacks PBKDF2")
        return output
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
