import Locking
import PostgresProtocol
import TestSupport

/// The slow primitives of the tests, each computed once for the same input.
enum CachedCryptography {
    private static let cache = Lock<[String: [UInt8]]>([:])

    static let scram = SCRAMCryptography(
        sha256: { message in cached("hash", [message]) { PureSHA256.hash(message) } },
        hmacSHA256: { key, message in cached("hmac", [key, message]) { PureSHA256.hmac(key, message) } },
        pbkdf2SHA256: { password, salt, iterations in
            cached("pbkdf2 \(iterations)", [password, salt]) { PureSHA256.pbkdf2(password, salt, iterations) }
        })

    private static func cached(
        _ function: String, _ inputs: [[UInt8]], _ compute: () -> [UInt8]
    ) -> [UInt8] {
        let key = ([function] + inputs.map(\.hexadecimal)).joined(separator: ":")
        if let value = cache.withLock({ $0[key] }) { return value }
        let value = compute()
        cache.withLock { $0[key] = value }
        return value
    }
}
