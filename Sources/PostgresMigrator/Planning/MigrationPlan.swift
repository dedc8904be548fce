/// What a migrator would do, computed from its migrations and the ledger alone.
public struct MigrationPlan: Sendable, Hashable {
    /// Every migration in the order of running: those that run once by version, then the repeating ones.
    public let steps: [MigrationStep]
    /// The greatest version in the ledger; `nil` in a database without one.
    public let databaseVersion: Int?
    /// The greatest version of the program.
    public let programVersion: Int
    /// The values that templates get: the given ones, defaults replaced by what the ledger recorded.
    public let parameters: [String: MigrationParameter]

    /// The steps with something to do.
    public var pending: [MigrationStep] { steps.filter { $0.action != .none } }

    /// The pending steps without which a program must not start: all but those that the server refused before.
    public var blocking: [MigrationStep] { pending.filter { $0.recorded != .refused } }

    /// Compares migrations with a ledger.
    ///
    /// - Throws: `MigrationError` `newerThanThisProgram`, `unknownMigration`, `checksumChanged`, `gap`,
    ///   `parameterDiffers`.
    public init(migrations: [Migration], ledger: [LedgerEntry], options: MigratorOptions)
        throws(MigrationError)
    {
        let rows = Dictionary(ledger.map { ($0.version, $0) }, uniquingKeysWith: { first, _ in first })
        programVersion = migrations.map(\.version).max() ?? 0
        databaseVersion = rows.keys.max()
        try Self.checkKnown(ledger, among: migrations, programVersion: programVersion)
        try Self.checkOrder(migrations, rows)
        parameters = try Self.resolve(options, ledger)

        let once = migrations.filter { $0.kind == .once }.sorted { $0.version < $1.version }
        let repeating = migrations.filter { $0.kind == .repeating }.sorted { $0.version < $1.version }
        var steps = once.map { migration in
            Self.step(migration, rows[migration.version], options) { !$0.state.isDone }
        }
        let somethingRuns = steps.contains { $0.action == .run }
        let lastRun = once.compactMap { rows[$0.version] }.filter(\.state.isDone).map(\.position).max() ?? 0
        steps += repeating.map { migration in
            Self.step(migration, rows[migration.version], options) { row in
                !row.state.isDone || somethingRuns || row.position < lastRun
                    || row.checksum != migration.checksum
            }
        }
        self.steps = steps
    }

    private static func step(
        _ migration: Migration, _ row: LedgerEntry?, _ options: MigratorOptions,
        runs: (LedgerEntry) -> Bool
    ) -> MigrationStep {
        let isLeftOut = migration.group.map(options.skippedGroups.contains) ?? false
        let action: MigrationStep.Action =
            switch row {
            case nil: isLeftOut ? .skip : .run
            case .some(let row) where isLeftOut && !row.state.isDone: .none
            case .some(let row): runs(row) ? .run : .none
            }
        return MigrationStep(migration: migration, action: action, recorded: row?.state)
    }

    private static func checkKnown(
        _ ledger: [LedgerEntry], among migrations: [Migration], programVersion: Int
    ) throws(MigrationError) {
        let known = Set(migrations.map(\.version))
        let strangers = ledger.filter { !known.contains($0.version) }.sorted { $0.version < $1.version }
        if let newest = strangers.last, newest.version > programVersion {
            throw .newerThanThisProgram(database: newest.version, program: programVersion)
        }
        if let first = strangers.first { throw .unknownMigration(version: first.version, name: first.name) }
    }

    private static func checkOrder(_ migrations: [Migration], _ rows: [Int: LedgerEntry])
        throws(MigrationError)
    {
        let once = migrations.filter { $0.kind == .once }
        for migration in once {
            guard let row = rows[migration.version], row.state.isDone else { continue }
            if row.checksum != migration.checksum {
                throw .checksumChanged(version: migration.version, name: migration.name)
            }
        }
        let newest = once.map(\.version).filter { rows[$0] != nil }.max() ?? 0
        let missing = once.map(\.version).filter { $0 < newest && rows[$0] == nil }.sorted()
        if !missing.isEmpty { throw .gap(missing: missing, newest: newest) }
    }

    private static func resolve(
        _ options: MigratorOptions, _ ledger: [LedgerEntry]
    ) throws(MigrationError) -> [String: MigrationParameter] {
        var recorded: [String: Int] = [:]
        for row in ledger where row.state.isDone { recorded.merge(row.parameters) { first, _ in first } }
        var parameters = options.parameters
        for (name, value) in options.parameters {
            guard let before = recorded[name] else { continue }
            switch value {
            case .identifier: continue
            case .defaultInteger: parameters[name] = .integer(before)
            case .integer(let now) where now == before: continue
            case .integer(let now): throw .parameterDiffers(name: name, recorded: before, given: now)
            }
        }
        parameters["schema"] = .identifier(options.schema)
        return parameters
    }
}
