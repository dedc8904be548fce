/// How a connection is encrypted and the server verified.
public struct TLSConfiguration: Sendable, Hashable {
    /// When to encrypt; nil means `verify-full` for hosts elsewhere and `disable` for loopback and Unix sockets.
    public var mode: TLSMode?
    /// A file with the certificates of trusted authorities, or `system` for those of the operating system.
    public var rootCertificates: String?
    /// A file with our certificate, for servers that ask for one.
    public var certificate: String?
    /// A file with the key of our certificate; others must not be able to read it.
    public var key: String?
    /// The passphrase of `key`; never part of any text this package makes.
    public var passphrase: String?
    /// A file with lists of revoked certificates.
    public var revocationList: String?
    /// A folder with lists of revoked certificates, prepared with `openssl rehash`.
    public var revocationFolder: String?
    /// The oldest version of TLS to speak.
    public var minimumVersion = TLSVersion.v12
    /// The newest version of TLS to speak; nil for the newest there is.
    public var maximumVersion: TLSVersion?
    /// Whether TLS begins at once, without asking in the clear first: for PostgreSQL 17 and later.
    public var isDirect = false
    /// Whether the host's name is sent in the clear so that a proxy can route by it.
    public var sendsServerName = true

    /// Whether the connections of a pool resume TLS sessions, which saves the server its signature and us the check.
    ///
    /// PostgreSQL itself offers none; proxies and poolers that end TLS do. The certificate is verified anew after an
    /// hour at the latest. Nothing is resumed with `channel_binding=require`, since the certificate may have changed.
    public var resumesSessions = true

    /// A file to append the keys of every connection to, for looking into recorded traffic: never in production.
    public var keyLogFile: String?

    /// The value of `rootCertificates` that means those of the operating system.
    public static let system = "system"

    /// Leaves everything to the defaults.
    public init() {}
}

extension TLSConfiguration: CustomReflectable {
    /// Everything but the passphrase.
    public var customMirror: Mirror {
        Mirror(self, children: ["mode": mode?.rawValue ?? "default", "isDirect": isDirect])
    }
}
