import PostgresMigrator
import Testing

@Suite struct CatalogComparisonTests {
    private func entry(_ object: String, _ definition: String, kind: String = "column") -> CatalogEntry {
        CatalogEntry(kind: kind, object: object, definition: definition)
    }

    @Test func `missing and changed objects differ, extra ones do not`() {
        let expected = [entry("t.a", "integer"), entry("t.b", "text"), entry("t.c", "uuid")]
        let found = [entry("t.a", "bigint"), entry("t.b", "text"), entry("t.b", "btree", kind: "index")]
        let comparison = CatalogComparison(expected: expected, found: found)
        #expect(comparison.missing == [entry("t.c", "uuid")])
        #expect(comparison.changed.map(\.expected) == [entry("t.a", "integer")])
        #expect(comparison.changed.map(\.found) == [entry("t.a", "bigint")])
        #expect(comparison.extra == [entry("t.b", "btree", kind: "index")])
        #expect(!comparison.isMatch)
        #expect(comparison.description == "missing column t.c; changed column t.a")
        #expect(CatalogComparison(expected: [], found: found).isMatch)
    }

    @Test func `a long list is cut`() {
        let expected = (1...7).map { entry("t.\($0)", "text") }
        let comparison = CatalogComparison(expected: expected, found: [])
        #expect(
            comparison.description
                == "missing column t.1, column t.2, column t.3, column t.4, column t.5 and 2 more")
    }
}
