import OrchestratorMigrations
import PostgresMigrator
import Testing

@Suite struct OrchestratorSchemaTests {
    private let migrations = OrchestratorSchema.migrations

    @Test func `versions are numbered without a hole`() {
        #expect(migrations.map(\.version) == Array(1...13))
        #expect(Set(migrations.map(\.name)).count == 13)
    }

    @Test func `only the schema and the dimensions are placeholders`() {
        let names = migrations.reduce(into: Set<String>()) { $0.formUnion(MigrationTemplate($1.sql).names) }
        #expect(names == ["schema", "embedding_dimensions"])
    }

    @Test func `the embedded SQL stays lean and every text is there`() {
        #expect(migrations.allSatisfy { $0.sql.utf8.count > 50 })
        #expect(migrations.map(\.sql.utf8.count).reduce(0, +) <= 30_000)
    }

    @Test func `vectors and records of memory can be left out`() {
        #expect(migrations.filter { $0.group == "memory" }.map(\.version) == [1, 5, 6, 8, 10])
        #expect(migrations.filter { $0.group == nil }.allSatisfy { !$0.sql.contains("vector") })
    }

    @Test func `roles come last and may be refused`() {
        #expect(migrations.filter { $0.kind == .repeating }.map(\.name) == ["app_role", "admin_role"])
        #expect(migrations.filter(\.mayBeRefused).map(\.version) == [11, 12])
    }
}
