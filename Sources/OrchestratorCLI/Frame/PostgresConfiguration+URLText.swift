#if CLI
import PostgresWire

extension PostgresConfiguration {
    /// The configuration as a connection URI, password included: for the environment of a child, never for an argument.
    var urlText: String {
        var text = "postgres://\(Self.encoded(user))"
        if let password { text += ":\(Self.encoded(password))" }
        text += isUnixSocket ? "@localhost" : "@\(host.contains(":") ? "[\(host)]" : Self.encoded(host))"
        text += ":\(port)/\(Self.encoded(database ?? user))"
        var parameters: [String] = []
        if isUnixSocket { parameters.append("host=\(Self.encoded(host))") }
        if let applicationName { parameters.append("application_name=\(Self.encoded(applicationName))") }
        if let options = runtimeParameters["options"] {
            parameters.append("options=\(Self.encoded(options))")
        }
        let timeout = Int(connectTimeout / .seconds(1))
        parameters.append("connect_timeout=\(max(1, min(timeout, 86_400)))")
        return text + "?" + parameters.joined(separator: "&")
    }

    /// Percent-encodes everything but unreserved characters.
    ///
    /// Source: RFC 3986, section 2.3.
    private static func encoded(_ text: String) -> String {
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
