extension PostgresConfiguration {
    /// The configuration with the password that its provider gives, if it has one.
    func withProvidedPassword() async throws(PostgresError) -> PostgresConfiguration {
        guard let provider = passwordProvider else { return self }
        let limit = connectTimeout
        let password: String?
        do {
            password = try await withThrowingTaskGroup(of: String?.self) { group in
                defer { group.cancelAll() }
                group.addTask { try await provider() }
                group.addTask {
                    try await Task.sleep(for: limit)
                    return nil
                }
                return try await group.next() ?? nil
            }
        } catch is CancellationError {
            throw PostgresError(.cancelled, effect: .none, reason: "the task was cancelled")
        } catch {
            throw PostgresError(
                .connectionFailed, effect: .none, reason: "the password provider has failed", cause: error)
        }
        guard let password else {
            throw PostgresError(
                .timedOut, effect: .none, reason: "the password provider took longer than \(limit)")
        }
        var result = self
        result.password = password
        return result
    }

    /// The configuration with the password that the password file has for its one server, if it needs one.
    ///
    /// It reads the file: not on a loop.
    package func withStoredPassword() -> PostgresConfiguration {
        guard password == nil, let passwordFile else { return self }
        var result = self
        let (text, fault) = PrivateFile.read(passwordFile: passwordFile)
        result.passwordFileFault = fault
        if let text {
            // A file that names a Unix socket's server says localhost for it.
            let name = isUnixSocket && host == Self.standardSocketFolder ? "localhost" : host
            result.password = PasswordFile(text).password(
                host: name.isEmpty ? hostAddress ?? "localhost" : name, port: port,
                database: database ?? user, user: user)
        }
        return result
    }

    /// The folder of Unix sockets of most servers.
    static let standardSocketFolder = "/var/run/postgresql"
}
