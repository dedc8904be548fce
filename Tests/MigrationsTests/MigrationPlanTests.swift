import PostgresMigrator
import Testing

@Suite struct MigrationPlanTests {
    private let one = Migration(version: 1, name: "one", sql: "SELECT 1")
    private let two = Migration(version: 2, name: "two", sql: "SELECT {{size}}", group: "half")
    private let three = Migration(version: 3, name: "three", sql: "SELECT 3")
    private let grants = Migration(
        version: 4, name: "grants", sql: "SELECT 4", kind: .repeating, mayBeRefused: true)

    private var all: [Migration] { [one, two, three, grants] }

    private func row(
        _ migration: Migration, _ state: LedgerEntry.State = .applied, at position: Int, _ size: Int? = nil
    ) -> LedgerEntry {
        LedgerEntry(
            version: migration.version, name: migration.name, checksum: migration.checksum, state: state,
            position: position, parameters: size.map { ["size": $0] } ?? [:])
    }

    private func plan(
        _ ledger: [LedgerEntry], skipping groups: Set<String> = [], size: MigrationParameter = .integer(5)
    ) throws(MigrationError) -> MigrationPlan {
        try MigrationPlan(
            migrations: all, ledger: ledger,
            options: MigratorOptions(skippedGroups: groups, parameters: ["size": size]))
    }

    private func actions(_ plan: MigrationPlan) -> [MigrationStep.Action] { plan.steps.map(\.action) }

    @Test func `an empty ledger runs everything, repeating ones last`() throws {
        let plan = try plan([])
        #expect(plan.steps.map(\.migration.version) == [1, 2, 3, 4])
        #expect(actions(plan) == [.run, .run, .run, .run])
        #expect(plan.databaseVersion == nil)
        #expect(plan.programVersion == 4)
    }

    @Test func `a complete ledger leaves nothing to do`() throws {
        let ledger = [row(one, at: 1), row(two, at: 2, 5), row(three, at: 3), row(grants, at: 4)]
        #expect(try plan(ledger).pending.isEmpty)
        #expect(try plan(ledger).databaseVersion == 4)
    }

    @Test func `a group that is left out is recorded once and run when it is included`() throws {
        let first = try plan([row(one, at: 1)], skipping: ["half"])
        #expect(actions(first) == [.none, .skip, .run, .run])
        let ledger = [row(one, at: 1), row(two, .skipped, at: 2), row(three, at: 3), row(grants, at: 4)]
        #expect(try plan(ledger, skipping: ["half"]).pending.isEmpty)
        let later = try plan(ledger)
        #expect(actions(later) == [.none, .run, .none, .run])
        #expect(later.blocking.map(\.migration.version) == [2, 4])
    }

    @Test func `leaving out a group that ran changes nothing`() throws {
        let ledger = [row(one, at: 1), row(two, at: 2, 5), row(three, at: 3), row(grants, at: 4)]
        #expect(try plan(ledger, skipping: ["half"]).pending.isEmpty)
    }

    @Test func `a repeating migration runs again after a later run and when its text changed`() throws {
        let behind = [row(one, at: 1), row(two, at: 2, 5), row(three, at: 5), row(grants, at: 4)]
        #expect(actions(try plan(behind)) == [.none, .none, .none, .run])
        let other = LedgerEntry(version: 4, name: "grants", checksum: "other", state: .applied, position: 9)
        #expect(
            actions(try plan([row(one, at: 1), row(two, at: 2, 5), row(three, at: 3), other])).last == .run)
    }

    @Test func `a refusal is tried again but does not keep a program from starting`() throws {
        let plan = try plan([
            row(one, at: 1), row(two, at: 2, 5), row(three, at: 3), row(grants, .refused, at: 4),
        ])
        #expect(actions(plan) == [.none, .none, .none, .run])
        #expect(plan.blocking.isEmpty)
    }

    @Test func `a newer database is refused`() {
        let newer = LedgerEntry(version: 9, name: "nine", checksum: "", state: .applied, position: 9)
        #expect(throws: MigrationError.self) { try plan([row(one, at: 1), newer]) }
        guard case .newerThanThisProgram(9, 4)? = failure([row(one, at: 1), newer]) else {
            Issue.record("not the error for a newer database")
            return
        }
    }

    @Test func `a row between ours that is not ours is refused`() throws {
        let ours = [one, three]
        let stranger = LedgerEntry(version: 2, name: "theirs", checksum: "", state: .applied, position: 2)
        let error = #expect(throws: MigrationError.self) {
            try MigrationPlan(migrations: ours, ledger: [stranger], options: MigratorOptions())
        }
        guard case .unknownMigration(2, "theirs")? = error else {
            Issue.record("not the error for an unknown row")
            return
        }
    }

    @Test func `a changed text is refused, unless it never ran`() throws {
        let changed = LedgerEntry(version: 1, name: "one", checksum: "before", state: .applied, position: 1)
        guard case .checksumChanged(1, "one")? = failure([changed]) else {
            Issue.record("not the error for a changed text")
            return
        }
        let skipped = LedgerEntry(version: 1, name: "one", checksum: "before", state: .skipped, position: 1)
        #expect(actions(try plan([skipped])).first == .run)
    }

    @Test func `a gap is refused`() {
        guard case .gap([1, 2], 3)? = failure([row(three, at: 1)]) else {
            Issue.record("not the error for a gap")
            return
        }
    }

    @Test func `a number keeps the value it was recorded with`() throws {
        let ledger = [row(one, at: 1), row(two, at: 2, 8)]
        guard case .parameterDiffers("size", 8, 5)? = failure(ledger) else {
            Issue.record("not the error for another number")
            return
        }
        #expect(try plan(ledger, size: .integer(8)).parameters["size"] == .integer(8))
        #expect(try plan(ledger, size: .defaultInteger(5)).parameters["size"] == .integer(8))
        #expect(try plan([], size: .defaultInteger(5)).parameters["size"] == .defaultInteger(5))
    }

    private func failure(_ ledger: [LedgerEntry]) -> MigrationError? {
        do {
            _ = try plan(ledger)
            return nil
        } catch {
            return error
        }
    }
}
