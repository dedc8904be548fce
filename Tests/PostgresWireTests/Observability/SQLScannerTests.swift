import Testing

@testable import PostgresWire

/// How SQL is told to observers.
@Suite struct SQLScannerTests {
    private func redacted(_ sql: String, hasPlainStrings: Bool = true) -> String? {
        ObservedText([sql], .redacted, hasPlainStrings: hasPlainStrings).text
    }

    private func summary(_ sql: String) -> String { ObservedText([sql], .none).summary }

    @Test(arguments: [
        ("SELECT 1", "SELECT ?"), ("SELECT 'a''b', 2.5e-3 , .5", "SELECT ?, ? , ?"),
        ("select name from t1 where a=$1 and b='x'", "select name from t1 where a=$1 and b=?"),
        ("SELECT E'it\\'s' || 'x'", "SELECT ? || ?"), ("SELECT e'\\\\' , 'x'", "SELECT ? , ?"),
        ("SELECT $$it's$$, $a$ $$ $b$ $a$, $1", "SELECT ?, ?, $1"), ("SELECT 'a\\', 'b'", "SELECT ?, ?"),
        ("SELECT B'01', x'ff', U&'\\0061', N'n'", "SELECT ?, ?, ?, ?"),
        ("SELECT U&\"d\\0061t\" FROM \"a'b\"", "SELECT U&\"d\\0061t\" FROM \"a'b\""),
        ("SELECT 1 -- it's\n, 'x' /* a /* b */ ' */ , 2", "SELECT ? , ? , ?"),
        ("SELECT 'a'\n  'b', 'c' 'd'", "SELECT ?, ? ?"), ("SELECT E'a'\n'\\'b'", "SELECT ?"),
        ("SELECT E'a' -- it's\n '\\'b'", "SELECT ?"), ("SELECT 'open", "SELECT ?"),
        ("SELECT $x$open", "SELECT ?"), ("SELECT \"open", "SELECT \"open"), ("SELECT /* open", "SELECT"),
        ("SELECT 0x1F, 1_000, 5::text", "SELECT ?, ?, ?::text"),
        ("SELECT a$1 FROM b$$", "SELECT a$1 FROM b$$"),
        ("SELECT $", "SELECT $"), ("  SELECT\n\t1  ", "SELECT ?"), ("", ""),
        ("ALTER ROLE jo PASSWORD 'secret'", "ALTER ROLE jo PASSWORD ?"),
        ("SELECT 'é', größe FROM maß", "SELECT ?, größe FROM maß"), ("SELECT -1+2", "SELECT -?+?"),
    ])
    func `literals and comments are taken out of SQL`(sql: String, expected: String) {
        #expect(redacted(sql) == expected)
    }

    @Test func `a backslash ends no string if the server takes it as an escape`() {
        #expect(redacted("SELECT 'a\\'b', c", hasPlainStrings: false) == "SELECT ?, c")
        #expect(redacted("SELECT 'a\\', c", hasPlainStrings: true) == "SELECT ?, c")
        #expect(redacted("SELECT U&'a\\'b', c", hasPlainStrings: false) == "SELECT ?, c")
    }

    @Test(arguments: [
        ("SELECT * FROM users WHERE id = $1", "SELECT users"),
        (
            "select u.name from public.\"My Users\" u join only orders o using (id)",
            "SELECT public.\"My Users\" orders"
        ),
        ("INSERT INTO a (x) SELECT y FROM b", "INSERT a SELECT b"),
        ("INSERT INTO a VALUES (1) ON CONFLICT (id) DO UPDATE SET n = 1", "INSERT a"),
        ("SELECT 1 FROM a FOR NO KEY UPDATE", "SELECT a"), ("SELECT 1 FROM a FOR UPDATE OF a", "SELECT a"),
        ("UPDATE ONLY x SET y = z FROM w", "UPDATE x w"), ("DELETE FROM a . b USING c", "DELETE a.b c"),
        (
            "WITH q AS (DELETE FROM a RETURNING *) INSERT INTO b SELECT * FROM q",
            "DELETE a INSERT b SELECT q"
        ),
        (
            "SELECT extract(year FROM day), trim(both FROM x) FROM t WHERE a IS DISTINCT FROM b",
            "SELECT t"
        ),
        ("SELECT (SELECT max(id) FROM a) FROM b", "SELECT SELECT a b"), ("SELECT 1", "SELECT"),
        ("CREATE TEMP TABLE IF NOT EXISTS t (a int)", "CREATE TABLE t"),
        ("CREATE TABLE t AS SELECT * FROM u", "CREATE TABLE t"),
        ("DROP INDEX CONCURRENTLY i", "DROP INDEX i"),
        ("BEGIN ISOLATION LEVEL SERIALIZABLE", "BEGIN"), ("SET x = 'FROM y'", "SET"),
        ("COPY \"facts\" (a, b) FROM STDIN (FORMAT binary)", "COPY \"facts\""),
        ("COPY (SELECT * FROM t) TO STDOUT", "COPY SELECT t"), ("TRUNCATE TABLE a", "TRUNCATE a"),
        ("LISTEN secrets", "LISTEN"), ("EXPLAIN SELECT 1 FROM a", "EXPLAIN SELECT a"),
        ("SELECT 1 FROM a; DELETE FROM b;", "SELECT a; DELETE b;"),
        ("MERGE INTO a USING b ON true", "MERGE a b"),
        ("SELECT 1 FROM 'a'", "SELECT"), ("", ""), ("; ;", ""), ("'x'", ""), ("\"SELECT\" 1", ""),
    ])
    func `a summary has commands and tables`(sql: String, expected: String) {
        #expect(summary(sql) == expected)
    }

    @Test func `a summary stays short and breaks no name`() {
        let sql = "SELECT 1 FROM a" + (0..<100).map { " JOIN table_\($0) ON true" }.joined()
        let text = summary(sql)
        #expect(text.hasPrefix("SELECT a table_0 table_1"))
        #expect(text.hasSuffix(" table_26 table_27"))
        #expect(text.utf8.count == 250)
    }

    @Test func `what is told of SQL follows the policy`() {
        let sql = "SELECT 'x' -- y"
        #expect(ObservedText([sql], .full).text == "SELECT 'x' -- y")
        #expect(ObservedText([sql], .redacted).text == "SELECT ?")
        #expect(ObservedText([sql], .none).text == nil)
        #expect(ObservedText([sql], .none).summary == "SELECT")
    }

    @Test func `a batch is told as one text and one summary`() {
        let same = ObservedText(Array(repeating: "INSERT INTO a VALUES ($1)", count: 1_000), .redacted)
        #expect(same.text == "INSERT INTO a VALUES ($1)")
        #expect(same.summary == "BATCH INSERT a")
        let mixed = ObservedText(["SELECT 1", "SELECT 2", "DELETE FROM a"], .redacted)
        #expect(mixed.text == "SELECT ?; SELECT ?; DELETE FROM a")
        #expect(mixed.summary == "BATCH")
        let alike = ObservedText(["SELECT 1 FROM a", "SELECT 2 FROM a"], .full)
        #expect(alike.text == "SELECT 1 FROM a; SELECT 2 FROM a")
        #expect(alike.summary == "BATCH SELECT a")
    }

    @Test func `long SQL is cut`() {
        let limit = ObservationOptions.maximumTextBytes
        #expect(limit == 16_384)
        let long = "SELECT '" + String(repeating: "x", count: limit * 2) + "' , y"
        #expect(ObservedText([long], .full).text?.utf8.count == 16_384)
        #expect(ObservedText([long], .redacted).text == "SELECT ?")
        let wide = (0..<64).map { "SELECT a\($0) -- " + String(repeating: "b", count: 1_000) }
        #expect(ObservedText(wide, .full).text?.hasSuffix("b") == true)
        #expect((ObservedText(wide, .full).text?.utf8.count ?? 0) <= 16_384 + 2 * 64)
        #expect(ObservedText((0..<65).map { "SELECT 1 FROM a -- \($0)" }, .none).summary == "BATCH")
        #expect(ObservedText((0..<64).map { "SELECT 1 FROM a -- \($0)" }, .none).summary == "BATCH SELECT a")
    }
}
