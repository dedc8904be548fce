#if CLI
import PostgresWire

/// What a server and our role on it can do, as far as the demo needs it.
struct ServerAbilities: Sendable {
    /// As 180006.
    var version: Int
    var role: String
    /// Whether the role may create databases.
    var createsDatabases: Bool
    /// Whether row-level security leaves the role alone.
    var spansTenants: Bool
    /// Whether pgvector is installed on the server.
    var hasVector: Bool
    /// Whether the role may create the extension.
    var createsVector: Bool
    /// How many sessions the server admits in all.
    var maximumSessions: Int

    /// Reads everything; one round trip.
    static func read(_ connection: PostgresConnection) async throws -> ServerAbilities {
        let row = try await connection.one(
            """
            SELECT current_setting('server_version_num')::int4, current_user::text,
                rolsuper OR rolcreatedb, rolsuper OR rolbypassrls,
                EXISTS (SELECT FROM pg_available_extensions WHERE name = 'vector'),
                rolsuper OR EXISTS (
                    SELECT FROM pg_available_extension_versions WHERE name = 'vector' AND trusted),
                current_setting('max_connections')::int4
            FROM pg_roles WHERE rolname = current_user
            """, as: (Int, String, Bool, Bool, Bool, Bool, Int).self)
        return ServerAbilities(
            version: row.0, role: row.1, createsDatabases: row.2, spansTenants: row.3, hasVector: row.4,
            createsVector: row.5, maximumSessions: row.6)
    }

    /// Why the demo, or chaos, cannot work here; nil if it can.
    func objection(at place: String, needsVector: Bool) -> CommandFailure? {
        let other = "name no server so that the demo starts one of its own"
        let quoted = PostgresQuery.quoted(identifier: role)
        if version < 140_000 {
            return CommandFailure(
                .server, "PostgreSQL \(version / 10_000) at \(place) is too old",
                remedy: "Use version 14 or later, or \(other)")
        }
        if needsVector, !hasVector {
            return CommandFailure(
                .server, "pgvector is not installed on \(place)",
                remedy:
                    "Install it there (image pgvector/pgvector, or package postgresql-NN-pgvector), or \(other)"
            )
        }
        if !createsDatabases {
            return CommandFailure(
                .server,
                "The role \(role) may not create databases, and this command works in one of its own",
                remedy: "Run ALTER ROLE \(quoted) CREATEDB, or \(other)")
        }
        if !spansTenants {
            return CommandFailure(
                .server, "The role \(role) is bound by row-level security, and workers serve all tenants",
                remedy: "Run ALTER ROLE \(quoted) BYPASSRLS, or use a superuser")
        }
        if needsVector, !createsVector {
            return CommandFailure(
                .server, "Only a superuser may create the extension vector on \(place), and \(role) is none",
                remedy: "Use a superuser, or \(other)")
        }
        return nil
    }
}
#endif
