extension PostgresConfiguration {
    /// Makes once what every connection of a pool can share: the TLS context, the salted passwords, what is known
    /// of types.
    ///
    /// A TLS configuration that makes no sense is reported by the first connection.
    mutating func shareCostlyThings() {
        let mode = tlsMode
        if mode != .disable, mode != .allow, !isUnixSocket { tlsContext = try? TLSContext(tls, mode: mode) }
        saltedPasswords = SaltedPasswords()
        types = TypeCache()
    }
}
