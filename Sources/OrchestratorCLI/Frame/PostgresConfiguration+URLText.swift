#if CLI
import FoundationEssentials
import PostgresWire

extension PostgresConfiguration {
    /// The configuration as a connection URI, password included: for the environment of a child, never for an argument.
    ///
    /// Paths become absolute, since a child may run in another folder.
    var urlText: String {
        var text = "postgres://\(Self.encoded(user))"
        if let password { text += ":\(Self.encoded(password))" }
        text += isUnixSocket ? "@localhost" : "@\(host.contains(":") ? "[\(host)]" : Self.encoded(host))"
        text += ":\(port)/\(Self.encoded(database ?? user))"
        return text + "?" + parameters.map { "\($0.0)=\(Self.encoded($0.1))" }.joined(separator: "&")
    }

    private var parameters: [(String, String)] {
        let timeout = max(1, min(Int(connectTimeout / .seconds(1)), 86_400))
        var list: [(String, String?)] = [
            ("host", isUnixSocket ? host : nil), ("connect_timeout", String(timeout)),
            ("application_name", applicationName), ("options", runtimeParameters["options"]),
            ("sslmode", tls.mode?.rawValue), ("sslrootcert", Self.absolute(tls.rootCertificates)),
            ("sslcert", Self.absolute(tls.certificate)), ("sslkey", Self.absolute(tls.key)),
            ("sslpassword", tls.passphrase), ("sslcrl", Self.absolute(tls.revocationList)),
            ("ssl_min_protocol_version", tls.minimumVersion.rawValue),
            ("ssl_max_protocol_version", tls.maximumVersion?.rawValue),
            ("sslnegotiation", tls.isDirect ? "direct" : nil), ("sslsni", tls.sendsServerName ? nil : "0"),
            ("channel_binding", channelBinding.rawValue),
        ]
        if let methods = requiredAuthentication {
            list.append(("require_auth", methods.map(\.rawValue).sorted().joined(separator: ",")))
        }
        return list.compactMap { name, value in value.map { (name, $0) } }
    }

    private static func absolute(_ path: String?) -> String? {
        guard let path, !path.hasPrefix("/"), path != "system" else { return path }
        return "\(FileManager.default.currentDirectoryPath)/\(path)"
    }

    /// Percent-encodes everything but unreserved characters.
    ///
    /// Source: RFC 3986, section 2.3.
    static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF")
        var result = ""
        for byte in text.utf8 {
            let character = Character(UnicodeScalar(byte))
            if byte < 0x80, character.isLetter || character.isNumber || "-._~".contains(character) {
                result.append(character)
            } else {
                result += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
        return result
    }
}
#endif
