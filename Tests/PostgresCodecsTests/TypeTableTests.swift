import FoundationEssentials
import PostgresCodecs
import TestSupport
import Testing

/// The table in the documentation is the one that the types themselves give.
@Suite struct TypeTableTests {
    @Test func `the table of types is current`() throws {
        let url = RepositoryRoot.url.appending(path: TypeTable.path)
        if ProcessInfo.processInfo.environment["ORCHESTRATOR_REGENERATE"] != nil {
            try TypeTable.text.write(to: url, atomically: true, encoding: .utf8)
        }
        let written = try String(contentsOf: url, encoding: .utf8)
        #expect(written == TypeTable.text)
    }

    @Test func `every row of the table has a Swift type`() {
        let unread = TypeTable.text.split(separator: "\n").filter { $0.contains("value::text") }
        // Those that have no binary form, or one that only the server understands.
        #expect(unread.map { $0.split(separator: "`")[1] } == ["aclitem", "gtsvector"])
    }
}
