#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The values of a connection: those of a string, then a service's, then the environment's, then libpq's defaults.
struct ConnectionSettings {
    private(set) var values: [String: String]
    private(set) var sessionParameters: [String: String] = [:]

    /// Takes the values of a string alone.
    init(_ string: ConnectionString) { values = string.values }

    /// Fills in what the environment says: a service, variables and files in the user's home.
    ///
    /// - Throws: `invalidConfiguration` for a service that is not to be found.
    init(_ string: ConnectionString, environment: [String: String]) throws(PostgresError) {
        values = string.values
        if let name = value("service") ?? environment["PGSERVICE"], !name.isEmpty {
            try take(service: name, environment)
        }
        for (name, variable) in ConnectionKeys.variables where values[name] == nil {
            values[name] = environment[variable]
        }
        if values["sslmode"] == nil, environment["PGREQUIRESSL"]?.hasPrefix("1") == true {
            values["sslmode"] = "require"
        }
        for (variable, name) in ConnectionKeys.sessionVariables {
            if let value = environment[variable], !value.isEmpty, value.lowercased() != "default" {
                sessionParameters[name] = value
            }
        }
        if value("user") == nil { values["user"] = Self.accountName() }
        guard let home = environment["HOME"], !home.isEmpty else { return }
        if value("passfile") == nil { values["passfile"] = "\(home)/.pgpass" }
        for (name, file) in [
            ("sslcert", "postgresql.crt"), ("sslkey", "postgresql.key"), ("sslrootcert", "root.crt"),
            ("sslcrl", "root.crl"),
        ] where value(name) == nil && access("\(home)/.postgresql/\(file)", R_OK) == 0 {
            values[name] = "\(home)/.postgresql/\(file)"
        }
    }

    /// The value of a keyword; nil if it is not given or empty, which libpq takes for the same.
    func value(_ name: String) -> String? {
        guard let value = values[name], !value.isEmpty else { return nil }
        return value
    }

    private mutating func take(
        service name: String, _ environment: [String: String]
    ) throws(PostgresError) {
        var files: [String] = []
        if let file = value("servicefile") ?? environment["PGSERVICEFILE"], !file.isEmpty {
            files.append(file)
        } else if let home = environment["HOME"] {
            files.append("\(home)/.pg_service.conf")
        }
        if let folder = environment["PGSYSCONFDIR"] { files.append("\(folder)/pg_service.conf") }
        for file in files {
            guard let text = PrivateFile.read(file) else { continue }
            if let service = try ServiceFile(text).values(of: name) {
                values.merge(service) { own, _ in own }
                return
            }
        }
        throw PostgresError(
            .invalidConfiguration, effect: .none,
            reason: "the service \"\(name)\" is in no service file. Check PGSERVICE and PGSERVICEFILE")
    }

    /// The name of the account that this process runs as.
    private static func accountName() -> String? {
        guard let entry = getpwuid(geteuid()), let name = entry.pointee.pw_name else { return nil }
        return String(cString: name)
    }

    /// The environment of this process.
    static func processEnvironment() -> [String: String] {
        var result: [String: String] = [:]
        var next = environ
        while let entry = next.pointee {
            let pair = String(cString: entry).split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if pair.count == 2 { result[String(pair[0])] = String(pair[1]) }
            next += 1
        }
        return result
    }
}
