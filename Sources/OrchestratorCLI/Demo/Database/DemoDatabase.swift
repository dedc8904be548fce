#if CLI
import PostgresWire

/// The database of its own that a demo, or chaos, works in.
struct DemoDatabase: Sendable {
    /// The server, reached through the database that the user named.
    let server: ServerChoice
    let name: String
    /// How many sessions the server admits in all.
    let maximumSessions: Int
    /// A session with the database's name as its own, by which other demos see that this one lives.
    private let keeper: PostgresConnection

    /// How the names begin of databases that a demo, chaos or a benchmark makes.
    private static let prefixes = ["orchestrator_demo_", "orchestrator_chaos_", "orchestrator_bench_"]
    /// What marks a database that its maker meant to drop.
    private static let mark = "orchestrator demo, dropped at its end"

    /// Reaches the new database.
    var configuration: PostgresConfiguration {
        var configuration = server.configuration
        configuration.database = name
        configuration.applicationName = name
        return configuration
    }

    /// Checks everything that the demo needs of the server, then creates the database; nothing is left after an error.
    ///
    /// Drops what demos that were killed have left behind.
    ///
    /// - Parameters:
    ///   - server: Where.
    ///   - purpose: What it is for: `demo`, `chaos` or `bench`.
    ///   - needsVector: Whether pgvector must be there.
    ///   - keeps: Whether it is to outlive the command.
    ///   - console: Where it is told what was swept.
    /// - Returns: The database.
    /// - Throws: `CommandFailure`.
    static func create(
        on server: ServerChoice, purpose: String = "demo", needsVector: Bool = true, keeps: Bool,
        console: Console
    ) async throws -> DemoDatabase {
        let name = "orchestrator_\(purpose)_" + String(UInt64.random(in: .min ... .max), radix: 36)
        var configuration = server.configuration
        configuration.applicationName = name
        do {
            let connection = try await PostgresConnection.connect(configuration)
            let abilities = try await ServerAbilities.read(connection)
            if let objection = abilities.objection(
                at: server.description, needsVector: needsVector)
            {
                throw objection
            }
            try await sweep(connection, console)
            try await connection.execute("CREATE DATABASE \(identifier: name) TEMPLATE template0")
            let database = DemoDatabase(
                server: server, name: name, maximumSessions: abilities.maximumSessions, keeper: connection)
            if !keeps { try await database.mark() }
            return database
        } catch {
            throw CommandFailure(any: error, server: server.description)
        }
    }

    /// Marks the database as one that is to be dropped; drops it at once if that fails.
    private func mark() async throws {
        do {
            try await keeper.execute("COMMENT ON DATABASE \(identifier: name) IS '\(raw: Self.mark)'")
        } catch {
            try? await drop()
            throw error
        }
    }

    private static func sweep(_ connection: PostgresConnection, _ console: Console) async throws {
        let orphans = try await connection.collect(
            """
            SELECT datname::text FROM pg_database d
            WHERE EXISTS (SELECT FROM unnest(\(prefixes)) AS p (prefix) WHERE starts_with(datname::text, prefix))
                AND shobj_description(d.oid, 'pg_database') = \(mark)
                AND datdba = (SELECT oid FROM pg_roles WHERE rolname = current_user)
                AND NOT EXISTS (
                    SELECT FROM pg_stat_activity a
                    WHERE a.application_name = d.datname OR a.datname = d.datname)
            """, as: String.self)
        for orphan in orphans {
            // Another demo may sweep too, or somebody may be connected by now: then it is not ours to drop.
            guard (try? await connection.execute("DROP DATABASE IF EXISTS \(identifier: orphan)")) != nil
            else { continue }
            console.detail("dropped \(orphan), which a demo that was killed had left behind")
        }
    }

    /// Ends every session of the database and drops it, even if the task is cancelled.
    func drop() async throws {
        let (server, name) = (server, name)
        keeper.close()
        try await Task {
            do {
                let connection = try await PostgresConnection.connect(server.configuration)
                defer { connection.close() }
                try await connection.execute("DROP DATABASE IF EXISTS \(identifier: name) WITH (FORCE)")
            } catch {
                throw CommandFailure(any: error, server: server.description)
            }
        }.value
    }

    /// How many connections each of `workers` processes may have, so that a few are left for others.
    func connections(perWorker workers: Int) -> Int {
        max(2, min(DemoSettings.concurrency * 2 + 2, (maximumSessions - 20) / max(1, workers)))
    }
}
#endif
