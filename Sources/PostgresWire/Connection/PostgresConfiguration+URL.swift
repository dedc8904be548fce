internal import PostgresProtocol

extension PostgresConfiguration {
    /// Reads a connection URI: `postgres://user:password@host:port/database?application_name=…`.
    ///
    /// Every part may be percent-encoded. `host` may also be given as a query parameter, which is how a Unix socket's
    /// folder is named: `postgres:///db?host=/run/postgresql`. Unknown query parameters are refused.
    /// Source: PostgreSQL 18 manual, "Connection Strings".
    ///
    /// - Throws: `invalidConfiguration`; the text never holds the password.
    public init(url: String) throws(PostgresError) {
        var rest = url[...]
        guard let scheme = ["postgres://", "postgresql://"].first(where: { rest.hasPrefix($0) }) else {
            throw Self.invalid("a connection URI begins with postgres:// or postgresql://")
        }
        rest = rest.dropFirst(scheme.count)
        var query: Substring = ""
        if let mark = rest.firstIndex(of: "?") {
            query = rest[rest.index(after: mark)...]
            rest = rest[..<mark]
        }
        var database: String?
        if let slash = rest.firstIndex(of: "/") {
            let name = try Self.decoded(rest[rest.index(after: slash)...], "the database")
            database = name.isEmpty ? nil : name
            rest = rest[..<slash]
        }
        var user: String?
        var password: String?
        if let at = rest.lastIndex(of: "@") {
            let parts = rest[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            user = try Self.decoded(parts[0], "the user")
            if parts.count == 2 { password = try Self.decoded(parts[1], "the password") }
            rest = rest[rest.index(after: at)...]
        }
        let (host, port) = try Self.authority(rest)
        self.init(host: host ?? "localhost", port: port ?? 5_432, user: user ?? "", password: password)
        self.database = database
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { throw Self.invalid("a query parameter of the URI has no value") }
            let name = try Self.decoded(parts[0], "a query parameter's name")
            try set(name, to: try Self.decoded(parts[1], "the value of \(name)"))
        }
        if self.user.isEmpty { throw Self.invalid("the connection URI names no user") }
    }

    private mutating func set(_ name: String, to value: String) throws(PostgresError) {
        switch name {
        case "host": host = value
        case "port":
            guard let number = Int(value), (1...65_535).contains(number) else { throw Self.invalidPort }
            port = number
        case "user": user = value
        case "password": password = value
        case "dbname": database = value
        case "application_name": applicationName = value
        case "connect_timeout":
            guard let seconds = Int(value), (0...86_400).contains(seconds) else {
                throw Self.invalid("connect_timeout is not a number of seconds")
            }
            connectTimeout = seconds == 0 ? .seconds(86_400) : .seconds(seconds)
        case "options":
            runtimeParameters["options"] = value
        case "sslmode": tls.mode = try Self.choice(value, name)
        case "sslrootcert": tls.rootCertificates = value
        case "sslcert": tls.certificate = value
        case "sslkey": tls.key = value
        case "sslpassword": tls.passphrase = value
        case "sslcrl": tls.revocationList = value
        case "ssl_min_protocol_version": tls.minimumVersion = try Self.choice(value, name)
        case "ssl_max_protocol_version":
            let version: TLSVersion = try Self.choice(value, name)
            tls.maximumVersion = version
        case "sslnegotiation":
            guard value == "postgres" || value == "direct" else {
                throw Self.invalid("sslnegotiation is neither postgres nor direct")
            }
            tls.isDirect = value == "direct"
        case "sslsni": tls.sendsServerName = value != "0"
        case "channel_binding": channelBinding = try Self.choice(value, name)
        case "require_auth":
            var methods: Set<StartupPolicy.Method> = []
            for method in value.split(separator: ",") {
                methods.insert(try Self.choice(String(method), name))
            }
            requiredAuthentication = methods
        default:
            throw Self.invalid("the connection URI has an unknown parameter \"\(name)\"")
        }
    }

    private static func choice<Choice: RawRepresentable<String>>(
        _ value: String, _ name: String
    ) throws(PostgresError) -> Choice {
        guard let choice = Choice(rawValue: value) else {
            throw invalid("\(name) has an unknown value \"\(value)\"")
        }
        return choice
    }

    private static func authority(_ text: Substring) throws(PostgresError) -> (String?, Int?) {
        var host = text
        var port: Substring?
        if text.hasPrefix("[") {
            guard let close = text.firstIndex(of: "]") else {
                throw invalid("an IPv6 address is not closed by ]")
            }
            host = text[text.index(after: text.startIndex)..<close]
            let after = text[text.index(after: close)...]
            if after.hasPrefix(":") { port = after.dropFirst() }
        } else if let colon = text.firstIndex(of: ":") {
            host = text[..<colon]
            port = text[text.index(after: colon)...]
        }
        let name = try decoded(host, "the host")
        guard let port, !port.isEmpty else { return (name.isEmpty ? nil : name, nil) }
        guard let number = Int(port), (1...65_535).contains(number) else { throw invalidPort }
        return (name.isEmpty ? nil : name, number)
    }

    private static var invalidPort: PostgresError { invalid("the port is not a number from 1 to 65535") }

    private static func invalid(_ reason: String) -> PostgresError {
        PostgresError(.invalidConfiguration, effect: .none, reason: reason)
    }

    private static func decoded(_ text: Substring, _ what: String) throws(PostgresError) -> String {
        var bytes: [UInt8] = []
        var iterator = text.utf8.makeIterator()
        while let byte = iterator.next() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = iterator.next().flatMap(hexadecimal),
                let low = iterator.next().flatMap(hexadecimal)
            else { throw invalid("\(what) has a % that two hexadecimal digits do not follow") }
            bytes.append(high << 4 | low)
        }
        guard !bytes.contains(0), let decoded = String(validating: bytes, as: UTF8.self) else {
            throw invalid("\(what) is not UTF-8 without U+0000")
        }
        return decoded
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
