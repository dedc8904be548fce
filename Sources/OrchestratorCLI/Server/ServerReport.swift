#if CLI
import EmbeddedPostgres
import JSONModel

/// What the subcommands of `server` say about a server.
enum ServerReport {
    static func json(_ name: String, status: String, url: String? = nil) -> JSONValue {
        ["name": .string(name), "status": .string(status), "url": url.map { .string($0) } ?? .null]
    }

    static func json(_ name: String, running server: EmbeddedPostgresServer) -> JSONValue {
        [
            "name": .string(name), "status": "running", "url": .string(server.url),
            "unix_socket_url": .string(server.unixSocketURL), "version": .string(server.version),
            "port": .number(server.port), "pid": .number(Int(server.processIdentifier)),
            "data_folder": .string(server.dataFolder), "program_folder": .string(server.programFolder),
            "was_running": .bool(server.wasRunning),
        ]
    }

    static func text(_ name: String, running server: EmbeddedPostgresServer) -> String {
        """
        server    \(name), PostgreSQL \(server.version), process \(server.processIdentifier)
        address   127.0.0.1:\(server.port)  (orchestrator server url prints the URL with its password)
        data      \(server.dataFolder)
        programs  \(server.programFolder)
        """
    }
}
#endif
