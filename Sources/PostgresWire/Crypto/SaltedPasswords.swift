internal import Locking
internal import PostgresProtocol

/// The salted passwords of a pool: with them a login costs microseconds instead of milliseconds.
///
/// They are kept under a hash of the password, so that a rotated password never meets the old one's keys.
final class SaltedPasswords: Sendable {
    /// A server has one salt for a role; more than one is needed while a password changes.
    private static let maximumCount = 16

    private struct Key: Hashable {
        let password: [UInt8]
        let salt: [UInt8]
        let iterations: Int
    }

    private let known = Lock<[Key: [UInt8]]>([:])

    /// The cache as the logins with `password` see it.
    func cache(for password: String) -> SCRAMKeyCache {
        let hash = OpenSSLCryptography.scram.sha256(Array(password.utf8))
        return SCRAMKeyCache(
            salted: { [self] salt, iterations in
                known.withLock { $0[Key(password: hash, salt: salt, iterations: iterations)] }
            },
            remember: { [self] salt, iterations, salted in
                known.withLock { known in
                    if known.count >= Self.maximumCount { known.removeAll() }
                    known[Key(password: hash, salt: salt, iterations: iterations)] = salted
                }
            })
    }
}
