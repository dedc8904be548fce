import EmbeddedPostgres

extension EmbeddedPostgresServer {
    /// Runs SQL with the server's own `psql` and returns what it prints.
    func query(_ sql: String, url: String? = nil) async throws -> String {
        let script = "\"$1\" -X -A -t -q -v ON_ERROR_STOP=1 -d \"$2\" -c \"$3\""
        let result = try await Shell.run(script, ["\(programFolder)/psql", url ?? self.url, sql])
        return result.output.split(separator: "\n").joined(separator: "\n")
    }
}
