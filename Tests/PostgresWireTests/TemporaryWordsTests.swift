import Testing

@testable import PostgresWire

@Suite struct TemporaryWordsTests {
    @Test(arguments: [
        "CREATE TEMP TABLE a (b int)", "create temporary view a as select 1", "SELECT 1 INTO\tTEMP a",
        "CREATE TABLE pg_temp.a (b int)", "temp", "CREATE OR REPLACE TeMpOrArY VIEW a AS SELECT 1",
        "CREATE LOCAL\nTEMP\nTABLE a ()", "(temp)",
    ])
    func `the words are found in any writing`(sql: String) {
        #expect(TemporaryWords.occur(in: sql))
    }

    @Test(arguments: [
        "", "SELECT temperature FROM weather", "SELECT attempts FROM jobs",
        "SELECT temp1, _temp, tempé FROM a",
        "SELECT contemporary", "te mp", "pg_temp_3",
    ])
    func `names that only hold them are not`(sql: String) {
        #expect(!TemporaryWords.occur(in: sql))
    }
}
