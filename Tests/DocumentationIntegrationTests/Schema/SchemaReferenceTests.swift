import FoundationEssentials
import TestSupport
import Testing

/// The schema's reference says what a migrated database has.
///
/// After a change of the schema write it anew: set `ORCHESTRATOR_WRITE_DOCS` and run these tests.
@Suite struct SchemaReferenceTests {
    private static let path = "Migrations/OrchestratorMigrations.docc/SchemaReference.md"

    @Test func `the page is that of the migrations`() async throws {
        try await TestServer.withDatabase(.migrated) { database in
            let reference = try await SchemaReference(database.client)
            let described = SchemaPurposes.chapters.flatMap { $0.tables.map(\.name) }
            #expect(reference.tables == Set(described))
            #expect(described.count == Set(described).count)
            let file = RepositoryRoot.url.appending(path: Self.path)
            if ProcessInfo.processInfo.environment["ORCHESTRATOR_WRITE_DOCS"] != nil {
                try Data(reference.page.utf8).write(to: file)
            }
            let page = String(decoding: try Data(contentsOf: file), as: UTF8.self)
            #expect(
                page == reference.page,
                "write \(Self.path) anew: ORCHESTRATOR_WRITE_DOCS=1 ./dev test --filter SchemaReferenceTests")
        }
    }
}
