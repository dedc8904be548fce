internal import PostgresProtocol

/// Turns the values of connection keywords into a configuration.
struct ConnectionReader {
    private let settings: ConnectionSettings

    init(_ settings: ConnectionSettings) { self.settings = settings }

    /// The servers: hosts, addresses and ports are lists of the same length, or there is one port for all.
    func endpoints() throws(PostgresError) -> [PostgresEndpoint] {
        let hosts = list("host")
        let addresses = list("hostaddr")
        let ports = list("port")
        let count = max(hosts.count, addresses.count, 1)
        guard addresses.isEmpty || hosts.isEmpty || hosts.count == addresses.count else {
            throw Self.invalid("host and hostaddr name different numbers of servers")
        }
        guard ports.count <= 1 || ports.count == count else {
            throw Self.invalid("port is neither one nor one for each host")
        }
        var endpoints: [PostgresEndpoint] = []
        for index in 0..<count {
            let address = addresses.isEmpty || addresses[index].isEmpty ? nil : addresses[index]
            let host = hosts.isEmpty ? "" : hosts[index]
            let port = ports.isEmpty ? "" : ports[ports.count == 1 ? 0 : index]
            endpoints.append(
                PostgresEndpoint(
                    host: host.isEmpty ? address ?? "localhost" : host, port: try Self.port(port),
                    address: address))
        }
        return endpoints
    }

    private func list(_ name: String) -> [String] {
        settings.value(name)?.split(separator: ",", omittingEmptySubsequences: false).map(String.init) ?? []
    }

    private static func port(_ text: String) throws(PostgresError) -> Int {
        if text.isEmpty { return 5_432 }
        guard let number = integer(text), (1...65_535).contains(number) else {
            throw invalid("a port is not a number from 1 to 65535")
        }
        return number
    }

    /// Sets everything but the servers and the user.
    func apply(to configuration: inout PostgresConfiguration) throws(PostgresError) {
        configuration.password = settings.value("password")
        configuration.passwordFile = settings.value("passfile")
        configuration.database = settings.value("dbname")
        configuration.applicationName =
            settings.value("application_name") ?? settings.value("fallback_application_name")
        configuration.runtimeParameters = settings.sessionParameters
        for name in ["options", "replication"] {
            if let value = settings.value(name) { configuration.runtimeParameters[name] = value }
        }
        if let seconds = try number("connect_timeout") {
            configuration.connectTimeout = .seconds(seconds > 0 ? min(seconds, 86_400) : 86_400)
        }
        if let choice: TargetSession = try choice("target_session_attrs") {
            configuration.targetSession = choice
        }
        configuration.balancesHosts =
            try oneOf("load_balance_hosts", ["disable", "random"]) == "random"
        if let choice: StartupPolicy.ChannelBinding = try choice("channel_binding") {
            configuration.channelBinding = choice
        }
        configuration.requiredAuthentication = try requiredAuthentication()
        let oldest = try protocolVersion("min_protocol_version") ?? .v30
        let newest = try protocolVersion("max_protocol_version") ?? (oldest == .v30 ? .v30 : .latest)
        guard oldest <= newest else {
            throw Self.invalid("max_protocol_version is older than min_protocol_version")
        }
        configuration.minimumProtocolVersion = oldest
        configuration.maximumProtocolVersion = newest
        try apply(to: &configuration.keepalive)
        try apply(to: &configuration.tls)
        try refuseWhatWeCannot()
    }

    private func apply(to keepalive: inout SocketKeepalive) throws(PostgresError) {
        keepalive.isOn = try number("keepalives") != 0
        keepalive.idleSeconds = try positive("keepalives_idle")
        keepalive.intervalSeconds = try positive("keepalives_interval")
        keepalive.count = try positive("keepalives_count")
        keepalive.userTimeoutMilliseconds = try positive("tcp_user_timeout")
    }

    private func apply(to tls: inout TLSConfiguration) throws(PostgresError) {
        tls.mode = try choice("sslmode")
        tls.rootCertificates = settings.value("sslrootcert")
        if try oneOf("sslcertmode", ["disable", "allow"]) != "disable" {
            tls.certificate = settings.value("sslcert")
            tls.key = settings.value("sslkey")
            tls.passphrase = settings.value("sslpassword")
        }
        tls.revocationList = settings.value("sslcrl")
        tls.revocationFolder = settings.value("sslcrldir")
        tls.keyLogFile = settings.value("sslkeylogfile")
        tls.sendsServerName = settings.value("sslsni").map { $0.hasPrefix("1") } ?? true
        tls.isDirect = try oneOf("sslnegotiation", ["postgres", "direct"]) == "direct"
        if let oldest = try version("ssl_min_protocol_version") { tls.minimumVersion = oldest ?? .v12 }
        if let newest = try version("ssl_max_protocol_version") {
            guard let newest, newest == .v13 || tls.minimumVersion == .v12 else {
                throw Self.invalid("ssl_max_protocol_version is older than TLSv1.2 or the minimum")
            }
            tls.maximumVersion = newest
        }
    }

    /// A version of TLS; the inner nil stands for those before 1.2, which are never spoken.
    private func version(_ name: String) throws(PostgresError) -> TLSVersion?? {
        guard let text = settings.value(name)?.lowercased() else { return nil }
        if text == "tlsv1" || text == "tlsv1.1" { return .some(nil) }
        guard let version = TLSVersion.allCases.first(where: { $0.rawValue.lowercased() == text }) else {
            throw Self.unknownValue(name)
        }
        return version
    }

    private func requiredAuthentication() throws(PostgresError) -> Set<StartupPolicy.Method>? {
        let names = list("require_auth")
        guard !names.isEmpty else { return nil }
        let isNegative = names[0].hasPrefix("!")
        var named: Set<String> = []
        for text in names {
            let name = isNegative ? String(text.dropFirst()) : text
            guard text.hasPrefix("!") == isNegative, named.insert(name).inserted else {
                throw Self.invalid("require_auth mixes names with and without ! or has one twice")
            }
            guard Self.foreignMethods.contains(name) || StartupPolicy.Method(rawValue: name) != nil else {
                throw Self.unknownValue("require_auth")
            }
        }
        let methods = Set(named.compactMap(StartupPolicy.Method.init(rawValue:)))
        return isNegative ? Set(StartupPolicy.Method.allCases).subtracting(methods) : methods
    }

    /// Methods that libpq speaks and this client does not.
    private static let foreignMethods: Set<String> = ["gss", "sspi", "oauth"]

    private func refuseWhatWeCannot() throws(PostgresError) {
        _ = try oneOf("gssencmode", ["disable", "prefer"])
        for name in ["requirepeer", "scram_client_key", "scram_server_key"] {
            guard settings.value(name) == nil else { throw Self.invalid("\(name) is not supported") }
        }
        if let encoding = settings.value("client_encoding")?.lowercased() {
            guard ["auto", "utf8", "utf-8", "unicode"].contains(encoding) else {
                throw Self.invalid("client_encoding can only be UTF8")
            }
        }
    }

    private func protocolVersion(_ name: String) throws(PostgresError) -> PostgresProtocolVersion? {
        guard let text = settings.value(name) else { return nil }
        if text == "latest" { return .latest }
        guard let version = PostgresProtocolVersion(rawValue: text) else { throw Self.unknownValue(name) }
        return version
    }

    private func number(_ name: String) throws(PostgresError) -> Int? {
        guard let text = settings.value(name) else { return nil }
        guard let number = Self.integer(text) else { throw Self.invalid("\(name) is not a number") }
        return number
    }

    private func positive(_ name: String) throws(PostgresError) -> Int? {
        guard let number = try number(name), number > 0 else { return nil }
        return number
    }

    private func choice<Choice: RawRepresentable<String>>(_ name: String) throws(PostgresError) -> Choice? {
        guard let text = settings.value(name) else { return nil }
        guard let choice = Choice(rawValue: text) else { throw Self.unknownValue(name) }
        return choice
    }

    private func oneOf(_ name: String, _ known: [String]) throws(PostgresError) -> String? {
        guard let text = settings.value(name) else { return nil }
        guard known.contains(text) else { throw Self.unknownValue(name) }
        return text
    }

    /// A number of 32 bits with white space around it.
    private static func integer(_ text: String) -> Int? {
        let isSpace: (Character) -> Bool = { " \t\n\r\r\n\u{b}\u{c}".contains($0) }
        var digits = text.drop(while: isSpace)
        while let last = digits.last, isSpace(last) { digits = digits.dropLast() }
        return Int32(digits).map(Int.init)
    }

    private static func unknownValue(_ name: String) -> PostgresError {
        invalid("\(name) has an unknown value, or one that this client does not support")
    }

    private static func invalid(_ reason: String) -> PostgresError {
        PostgresError(.invalidConfiguration, effect: .none, reason: reason)
    }
}
