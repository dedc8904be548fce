import Testing

@testable import PostgresWire

@Suite struct ReadingQueryTests {
    @Test(arguments: ["SELECT 1", "  \n(select 1)", "values (1)", "TABLE a", "Select*from a"])
    func `statements that read are known by their first word`(sql: String) {
        #expect(PostgresQuery(sql).reads)
    }

    @Test(arguments: [
        "", "INSERT INTO a VALUES (1)", "WITH a AS (DELETE FROM b RETURNING *) SELECT * FROM a", "selection",
        "-- select\nDELETE FROM a", "EXPLAIN SELECT 1", "s",
    ])
    func `all others are not`(sql: String) {
        #expect(!PostgresQuery(sql).reads)
    }
}
