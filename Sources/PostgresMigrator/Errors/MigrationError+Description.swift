extension MigrationError: CustomStringConvertible {
    /// What happened, in one sentence, and what to do, in another.
    public var description: String { sentence + " " + remedy }

    /// What happened.
    public var sentence: String {
        switch self {
        case .invalid(let reason): "The migrations cannot be used: \(reason)."
        case .notMigrated(let schema): "Schema \(schema) of the database has not been migrated."
        case .olderThanThisProgram(let database, let program, let pending):
            """
            The database is at migration \(database), this program needs \(program); \
            pending: \(pending.joined(separator: ", ")).
            """
        case .newerThanThisProgram(let database, let program):
            "The database is at migration \(database), this program knows only \(program)."
        case .unknownMigration(let version, let name):
            "The ledger has migration \(version) \(name), which this program does not know."
        case .checksumChanged(let version, let name):
            "Migration \(version) \(name) is not the text that ran in this database."
        case .gap(let missing, let newest):
            """
            The database is at migration \(newest) but never ran \
            \(missing.map(String.init).joined(separator: ", ")).
            """
        case .parameterDiffers(let name, let recorded, let given):
            "The database was migrated with \(name) \(recorded), not \(given)."
        case .extensionMissing(let name): "The server has no extension \(name)."
        case .lockBusy(let waited): "Another migration has held the lock for \(waited)."
        case .failed(let version, let name, let cause):
            "Migration \(version) \(name) failed and was rolled back: \(cause)."
        case .catalogDiffers(let comparison): "The database is not as the migrations leave it: \(comparison)."
        case .needsAdoption(let ledger):
            "The database was migrated by another program (its ledger is \(ledger))."
        case .cannotAdopt(let reason, _): "The database cannot be adopted: \(reason)."
        case .server(let error): "The server could not be asked: \(error)."
        case .interrupted(let reason): "The migration was interrupted: \(reason)."
        }
    }

    /// What to do about it.
    public var remedy: String {
        switch self {
        case .invalid: "Correct the migrations or the options."
        case .notMigrated, .olderThanThisProgram: "Run the migrations (migrate apply), then start again."
        case .newerThanThisProgram: "Start a newer version of the program."
        case .unknownMigration: "Use the program that wrote it, or another schema."
        case .checksumChanged: "Restore the migration's text and put the change into a new migration."
        case .gap: "Give the missing migrations numbers above the newest."
        case .parameterDiffers(let name, let recorded, _): "Use \(name) \(recorded), or another schema."
        case .extensionMissing(let name): Self.extensionRemedies[name] ?? "Install it on the server."
        case .lockBusy: "Wait for it, or end it if it hangs (pg_locks, locktype advisory, shows its process)."
        case .failed: "Correct the cause and apply again; nothing of this migration is left behind."
        case .catalogDiffers: "Restore the objects named, or restore the database from a copy."
        case .needsAdoption: "Take it over with migrate adopt."
        case .cannotAdopt(_, let remedy): remedy
        case .server: "Check the address, the rights of the role, and the server's log."
        case .interrupted: "Apply again; whole migrations stay, others left nothing behind."
        }
    }

    private static let extensionRemedies = [
        "vector": """
        Install pgvector on the server (image pgvector/pgvector, or package postgresql-NN-pgvector), \
        or leave the memory tables out (--without-memory).
        """
    ]
}
