import PostgresWire

extension Migrator {
    /// Runs everything that is pending, one transaction a migration, and returns what this call did.
    ///
    /// Concurrent calls share the work. A migration that fails is rolled back whole; those before it stay.
    ///
    /// - Parameter progress: called after each event, between statements; keep it short.
    /// - Returns: what this call did; a no-op when there was nothing to do.
    /// - Throws: what `plan` throws, `extensionMissing` before anything is done, `lockBusy` after `lockTimeout`,
    ///   `failed` with the server's error.
    @discardableResult
    public func apply(
        progress: @escaping @Sendable (MigrationProgress) -> Void = { _ in }
    ) async throws(MigrationError) -> MigrationReport {
        var report = MigrationReport()
        try await requireExtensions()
        var event = try await nextStep(leaving: [], progress: progress)
        while let happened = event {
            report.note(happened)
            progress(happened)
            event = try await nextStep(leaving: Set(report.refused.keys), progress: progress)
        }
        return report
    }

    /// Does the first pending step under the lock; returns nothing when there is none.
    private func nextStep(
        leaving refusedNow: Set<Int>, progress: @escaping @Sendable (MigrationProgress) -> Void
    ) async throws(MigrationError) -> MigrationProgress? {
        try await MigrationError.mapping {
            try await client.withTransaction { connection -> MigrationProgress? in
                try await lock(connection)
                try await ledger.create(connection)
                let plan = try MigrationPlan(
                    migrations: migrations, ledger: try await ledger.entries(connection), options: options)
                let todo = plan.pending.filter { !refusedNow.contains($0.migration.version) }
                guard let step = todo.first else { return nil }
                let migration = step.migration
                if step.action == .skip {
                    try await ledger.record(
                        migration, as: .skipped, parameters: [:], note: "group left out", duration: nil,
                        on: connection)
                    return .skipped(migration)
                }
                progress(.started(migration, remaining: todo.count))
                return try await run(migration, plan.parameters, on: connection)
            }
        }
    }

    /// Takes the advisory lock until the transaction ends, and sets what the migration may rely on.
    func lock(_ connection: PostgresConnection) async throws {
        let timeout = String(options.lockTimeoutMilliseconds)
        do {
            try await connection.execute(
                """
                SELECT set_config('lock_timeout', \(timeout), true),
                    set_config('search_path', quote_ident(\(options.schema)), true)
                """)
            try await connection.execute("SELECT pg_advisory_xact_lock(\(options.lockKey))")
        } catch {
            if error.sqlState == SQLState.lockNotAvailable {
                throw MigrationError.lockBusy(waited: options.lockTimeout)
            }
            throw error
        }
    }

    /// Runs one migration and records it in the same transaction.
    private func run(
        _ migration: Migration, _ parameters: [String: MigrationParameter], on connection: PostgresConnection
    ) async throws -> MigrationProgress {
        let template = MigrationTemplate(migration.sql)
        let sql = template.rendered(parameters)
        let used = parameters.filter { template.names.contains($0.key) }.compactMapValues(\.recorded)
        let clock = ContinuousClock()
        let began = clock.now
        do {
            try await execute(migration, sql, on: connection)
        } catch let error as PostgresError
            where migration.mayBeRefused && error.sqlState == SQLState.insufficientPrivilege
        {
            let reason = String(describing: error)
            try await ledger.record(
                migration, as: .refused, parameters: [:], note: reason, duration: nil, on: connection)
            return .refused(migration, reason: reason)
        } catch let error as PostgresError {
            throw MigrationError.failed(version: migration.version, name: migration.name, cause: error)
        }
        let took = began.duration(to: clock.now)
        try await ledger.record(
            migration, as: .applied, parameters: used, note: nil, duration: took, on: connection)
        return .applied(migration, duration: took)
    }

    private func execute(_ migration: Migration, _ sql: String, on connection: PostgresConnection)
        async throws
    {
        if !migration.isTransactional {
            // The lock stays with the open transaction of `connection`. A simple query ends its unnamed portal, whose
            // snapshot would keep a concurrent index build waiting for us.
            _ = try await connection.script("SELECT")
            try await outside(sql)
        } else if migration.mayBeRefused {
            try await connection.execute("SAVEPOINT migration")
            do {
                _ = try await connection.script(sql)
            } catch {
                if error.sqlState == SQLState.insufficientPrivilege {
                    try await connection.execute("ROLLBACK TO SAVEPOINT migration")
                }
                throw error
            }
        } else {
            _ = try await connection.script(sql)
        }
    }

    /// Runs one statement on a connection of its own, whose search path nobody inherits.
    private func outside(_ sql: String) async throws {
        var server = client.configuration.server
        server.runtimeParameters["search_path"] = MigrationParameter.quoted(options.schema)
        let other = try await PostgresConnection.connect(server)
        defer { other.close() }
        _ = try await other.script(sql)
    }

    /// Looks for the extensions of everything pending before the first of them runs.
    private func requireExtensions() async throws(MigrationError) {
        let names = Set(
            try await plan().pending.filter { $0.action == .run }.compactMap(\.migration.requiredExtension))
        if names.isEmpty { return }
        let wanted = names.sorted()
        let found = try await MigrationError.mapping {
            try await client.withConnection { connection in
                try await ledger.available(wanted, on: connection)
            }
        }
        if let missing = names.subtracting(found).sorted().first { throw .extensionMissing(missing) }
    }
}
