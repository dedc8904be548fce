/// Asks a server that has just started what it is, and makes the database that its URL names.
struct ClusterProbe: Sendable {
    let installation: Installation
    let state: ServerState
    let deadline: Deadline
    var needsVector = true

    /// Returns the server's version after checking that the database and the extension are there.
    func prepare() throws(EmbeddedPostgresError) -> String {
        let answer = try query(
            """
            SELECT split_part(current_setting('server_version'), ' ', 1),
                   (SELECT count(*) FROM pg_available_extensions WHERE name = 'vector'),
                   (SELECT count(*) FROM pg_database WHERE datname = '\(ServerState.database)')
            """
        ).split(separator: "|").map(\.trimmed)
        guard answer.count == 3 else { throw .queryFailed("the answer has \(answer.count) columns") }
        if needsVector, answer[1] != "1" { throw .vectorMissing(version: answer[0]) }
        if answer[2] == "0" { _ = try query("CREATE DATABASE \(ServerState.database)") }
        return answer[0]
    }

    private func query(_ sql: String) throws(EmbeddedPostgresError) -> String {
        var environment = ServerAccount.environment(libraryPath: installation.isLocal)
        environment["PGPASSWORD"] = state.password
        environment["PGCONNECT_TIMEOUT"] = "20"
        let command = ChildCommand(
            path: installation.program("psql"),
            arguments: [
                "-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", "\(state.port)",
                "-U", ServerState.user, "-d", "postgres", "-c", sql,
            ], environment: environment)
        let result = try ChildProcess.run(
            command, deadline: deadline.limited(to: .seconds(60)), step: "asking the server for its version")
        guard result.succeeded else { throw .queryFailed(result.excerpt) }
        return result.output
    }
}
