import PostgresWire
import TestSupport

/// Work that changes the table `done (id int8)` by one row, and must not lie about it.
struct Change: Sendable {
    let name: String
    let run: @Sendable (PostgresConnection, Int64) async throws -> Void

    static let all: [Change] = [
        Change(name: "statement") { try await $0.execute("INSERT INTO done VALUES (\($1))") },
        Change(name: "transaction") { connection, id in
            try await connection.withTransaction { connection in
                try await connection.execute("INSERT INTO done VALUES (\(id))")
                _ = try await connection.one("SELECT count(*) FROM done WHERE id = \(id)", as: Int.self)
            }
        },
        Change(name: "batch") { connection, id in
            _ = try await connection.batch(["SELECT 1", "INSERT INTO done VALUES (\(id))", "SELECT 2"])
        },
        Change(name: "script") { connection, id in
            _ = try await connection.script("SELECT 1; INSERT INTO done VALUES (\(id)); SELECT 2")
        },
        Change(name: "copy in") { connection, id in
            _ = try await connection.copyIn(into: "done", columns: ["id"]) { try await $0.write(id) }
        },
        Change(name: "stream") { connection, id in
            for try await _ in try await connection.query("INSERT INTO done VALUES (\(id)) RETURNING id") {}
        },
    ]
}
