/// The text of an API key; it is shown once and never stored.
///
/// Neither the description nor a mirror shows it.
public struct APIKey: Hashable, Sendable {
    /// What generated keys begin with when nothing else is said.
    public static let defaultPrefix = "cyc_sk"

    /// The text that callers send.
    public let text: String

    /// Wraps a key that somebody sent.
    public init(_ text: String) { self.text = text }

    /// Makes a key: the prefix, an underscore, and 24 random bytes in 32 characters of base64url.
    public static func generate(prefix: String = defaultPrefix) -> APIKey {
        var source = SystemRandomNumberGenerator()
        return generate(prefix: prefix, using: &source)
    }

    /// Makes a key from a source of randomness, which must not be predictable.
    package static func generate(prefix: String, using source: inout some RandomNumberGenerator) -> APIKey {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        // 24 bytes are 192 bits, 6 of them a character.
        let characters = (0..<32).map { _ in alphabet[Int(source.next() & 63)] }
        return APIKey("\(prefix)_\(String(decoding: characters, as: UTF8.self))")
    }

    /// SHA-256 of the text, as 64 lower-case hexadecimal digits: what stores keep.
    public var hash: String { SHA256.hexadecimal(Array(text.utf8)) }

    /// Whether two hashes are equal; the time it takes does not tell where they differ.
    package static func areEqual(_ left: String, _ right: String) -> Bool {
        let left = Array(left.utf8)
        let right = Array(right.utf8)
        guard left.count == right.count else { return false }
        var difference: UInt8 = 0
        for (one, other) in zip(left, right) { difference |= one ^ other }
        return difference == 0
    }
}

extension APIKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Says that it is a key, not which.
    public var description: String { "APIKey(hidden)" }

    /// The same as the description.
    public var debugDescription: String { description }

    /// Shows nothing.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
