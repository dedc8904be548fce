#if CLI
import PostgresWire

/// What can be wrong with a server, its settings and our role.
enum ServerRules {
    /// The oldest version that this program is tested with.
    static let oldestVersion = 15

    static func findings(_ facts: ServerFacts) -> [DoctorFinding] {
        version(facts) + durability(facts) + sessions(facts) + role(facts) + database(facts)
    }

    private static func version(_ facts: ServerFacts) -> [DoctorFinding] {
        var findings: [DoctorFinding] = []
        if facts.version > 0, facts.version < oldestVersion * 10_000 {
            findings.append(
                DoctorFinding(
                    .error, "PostgreSQL \(facts.version / 10_000) is too old",
                    remedy: "Upgrade it to \(oldestVersion) or later"))
        }
        if facts.isStandby {
            findings.append(
                DoctorFinding(
                    .error, "The server is a standby, on which nothing can be written",
                    remedy: "Name the primary, or name all servers with target_session_attrs=read-write"))
        } else if facts.settings["default_transaction_read_only"] == "on" {
            findings.append(
                DoctorFinding(
                    .error, "Transactions of this role can only read (default_transaction_read_only)",
                    remedy: "Run ALTER ROLE \(quoted(facts.role)) SET default_transaction_read_only = off"))
        }
        return findings
    }

    /// Settings under which a crash of the server costs data.
    private static func durability(_ facts: ServerFacts) -> [DoctorFinding] {
        let dangers = [
            ("fsync", "off", "a crash of the machine can destroy the whole database"),
            ("full_page_writes", "off", "a crash of the machine can leave pages half written"),
            (
                "synchronous_commit", "off",
                "a crash of the server loses the last commits, and with them steps"
            ),
            ("autovacuum", "off", "tables grow and slow down without end"),
        ]
        return dangers.compactMap { name, value, danger in
            guard facts.settings[name] == value else { return nil }
            return DoctorFinding(
                .warning, "\(name) is \(value): \(danger)",
                remedy: "Run ALTER SYSTEM SET \(name) = on, then SELECT pg_reload_conf()")
        }
    }

    private static func sessions(_ facts: ServerFacts) -> [DoctorFinding] {
        var findings: [DoctorFinding] = []
        let role = quoted(facts.role)
        if let maximum = facts.number("max_connections") {
            let reserved =
                (facts.number("superuser_reserved_connections") ?? 0)
                + (facts.number("reserved_connections") ?? 0)
            let free = maximum - reserved - facts.sessions
            let pool = PostgresClientConfiguration(PostgresConfiguration(user: facts.role)).maximumConnections
            if free < pool {
                findings.append(
                    DoctorFinding(
                        .warning,
                        "Of \(Text.count(maximum, "session")) \(max(0, free)) are free, and a pool opens up to \(pool)",
                        remedy:
                            "Raise max_connections, end idle sessions, or lower the pool's maximumConnections"
                    ))
            }
        }
        if facts.forgottenTransactions > 0 {
            findings.append(
                DoctorFinding(
                    .warning,
                    "\(Text.count(facts.forgottenTransactions, "session")) kept a transaction open for over five "
                        + "minutes without doing anything, which keeps dead rows from being cleared away",
                    remedy: "Find them in pg_stat_activity (idle in transaction) and end them"))
        }
        if facts.number("idle_in_transaction_session_timeout") == 0 {
            findings.append(
                DoctorFinding(
                    .note, "A session that hangs in a transaction keeps its locks for ever",
                    remedy: "Run ALTER ROLE \(role) SET idle_in_transaction_session_timeout = '5min'"))
        }
        for (name, what) in [
            (
                "statement_timeout",
                "statements that take longer, as migrations and index builds may, are stopped"
            ),
            ("idle_session_timeout", "idle connections of a pool are cut and made anew"),
        ] {
            guard let milliseconds = facts.number(name), milliseconds > 0 else { continue }
            findings.append(
                DoctorFinding(
                    .note, "\(name) is \(Text.seconds(.milliseconds(milliseconds))): \(what)",
                    remedy: "If that is not meant, run ALTER ROLE \(role) SET \(name) = 0"))
        }
        return findings
    }

    private static func role(_ facts: ServerFacts) -> [DoctorFinding] {
        guard facts.isAboveRowSecurity else { return [] }
        let why = facts.isSuperuser ? "is a superuser" : "has BYPASSRLS"
        return [
            DoctorFinding(
                .warning,
                "The role \(facts.role) \(why): row-level security does not keep tenants apart for it",
                remedy:
                    "Serve tenants with a role that has neither, and keep this one for migrations and workers"
            )
        ]
    }

    private static func database(_ facts: ServerFacts) -> [DoctorFinding] {
        var findings: [DoctorFinding] = []
        let database = quoted(facts.database)
        if !facts.encoding.isEmpty, facts.encoding != "UTF8" {
            findings.append(
                DoctorFinding(
                    .warning,
                    "The database's encoding is \(facts.encoding): not every text can be stored in it",
                    remedy:
                        "Make a new one with CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0, and move"))
        }
        if let zone = facts.settings["TimeZone"], !["UTC", "Etc/UTC", "GMT"].contains(zone) {
            findings.append(
                DoctorFinding(
                    .note,
                    "The time zone of the session is \(zone); instants are right in any, and read better in UTC",
                    remedy: "Run ALTER DATABASE \(database) SET timezone = 'UTC'"))
        }
        if facts.hasChangedCollation {
            findings.append(
                DoctorFinding(
                    .warning,
                    "The operating system sorts texts otherwise than when indexes were built: lookups may miss",
                    remedy:
                        "Run REINDEX DATABASE \(database), then ALTER DATABASE \(database) REFRESH COLLATION VERSION"
                ))
        }
        if facts.transactionAge > 1_200_000_000 {
            findings.append(
                DoctorFinding(
                    .warning,
                    "The oldest row is \(Text.count(facts.transactionAge)) transactions old; at 2,147,483,647 the server "
                        + "stops writing",
                    remedy: "Run VACUUM FREEZE, and see what keeps autovacuum from doing it"))
        }
        if facts.settings["password_encryption"] == "md5" {
            findings.append(
                DoctorFinding(
                    .warning, "New passwords are stored as MD5, which PostgreSQL is giving up",
                    remedy:
                        "Run ALTER SYSTEM SET password_encryption = 'scram-sha-256', then SELECT pg_reload_conf()"
                ))
        }
        return findings
    }

    private static func quoted(_ name: String) -> String { PostgresQuery.quoted(identifier: name) }
}
#endif
