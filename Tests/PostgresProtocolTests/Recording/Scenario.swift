import PostgresProtocol
import TestSupport

/// Something that a client does after its login, to be recorded.
struct Scenario: Sendable {
    /// The name of the transcript's file.
    let name: String
    /// What happens, one sentence.
    let remark: String
    let run: @Sendable (RawClient) throws -> Void

    static let all: [Scenario] = [
        Scenario(name: "simple-query", remark: "one Query with one result") {
            try $0.simple("SELECT 1 AS one, 'zwei' AS two, NULL AS three")
        },
        Scenario(name: "multi-statement", remark: "one Query with five statements") {
            try $0.simple(
                "CREATE TEMP TABLE t (id int); INSERT INTO t VALUES (1), (2); SELECT id FROM t ORDER BY id; "
                    + "UPDATE t SET id = id + 1; DROP TABLE t")
        },
        Scenario(name: "extended-types", remark: "one statement with parameters and columns of many types") {
            try $0.send {
                $0.appendStatement(
                    manyTypes, name: "s1", types: [23, 25, 17, 20],
                    parameters: [[0, 0, 0, 42], Array("naïve".utf8), [0, 1, 255], nil])
                $0.appendSync()
            }
            try $0.receive(until: .readyForQuery)
        },
        Scenario(name: "error-in-the-middle", remark: "rows, then an error; the next statement works") {
            try $0.send {
                $0.appendStatement("SELECT 6 / (3 - x) FROM generate_series(1, 5) x")
                $0.appendSync()
            }
            try $0.receive(until: .readyForQuery)
            try $0.send {
                $0.appendStatement("SELECT 1")
                $0.appendSync()
            }
            try $0.receive(until: .readyForQuery)
        },
        Scenario(name: "batch-with-error", remark: "three statements and one Sync; the second one fails") {
            try $0.simple("CREATE TEMP TABLE t (id int PRIMARY KEY)")
            try $0.send {
                for id in [7, 7, 8] as [UInt8] {
                    $0.appendStatement("INSERT INTO t VALUES ($1)", types: [23], parameters: [[0, 0, 0, id]])
                }
                $0.appendSync()
            }
            try $0.receive(until: .readyForQuery)
            try $0.simple("SELECT count(*) FROM t")
        },
        Scenario(name: "deferred-error", remark: "a statement that fails at its Sync, after it was completed")
        {
            try $0.simple("CREATE TEMP TABLE t (id int UNIQUE DEFERRABLE INITIALLY DEFERRED)")
            try $0.send {
                $0.appendStatement("INSERT INTO t VALUES (1), (1)")
                $0.appendSync()
            }
            try $0.receive(until: .readyForQuery)
        },
        Scenario(name: "copy-in", remark: "a binary COPY of two rows from the client") {
            try $0.simple("CREATE TEMP TABLE t (id int, name text)")
            try $0.send { $0.appendQuery("COPY t FROM STDIN (FORMAT binary)") }
            try $0.receive(until: .copyInResponse)
            try $0.send {
                $0.appendCopyData(copyHeader.span.bytes)
                $0.appendCopyData(copyRows.span.bytes)
                $0.appendCopyDone()
            }
            try $0.receive(until: .readyForQuery)
            try $0.simple("SELECT count(*) FROM t")
        },
        Scenario(
            name: "copy-in-refused",
            remark: "a COPY that the server breaks off, and what the client still sends"
        ) {
            try $0.simple("CREATE TEMP TABLE t (id int)")
            try $0.send { $0.appendQuery("COPY t FROM STDIN") }
            try $0.receive(until: .copyInResponse)
            try $0.send { $0.appendCopyData(Array("1\nno number\n".utf8).span.bytes) }
            try $0.receive(until: .errorResponse)
            try $0.send { $0.appendCopyDone() }
            try $0.receive(until: .readyForQuery)
            try $0.simple("SELECT 1")
        },
        Scenario(name: "copy-in-given-up", remark: "a COPY that the client gives up") {
            try $0.simple("CREATE TEMP TABLE t (id int)")
            try $0.send { $0.appendQuery("COPY t FROM STDIN") }
            try $0.receive(until: .copyInResponse)
            try $0.send {
                $0.appendCopyData(Array("1\n".utf8).span.bytes)
                $0.appendCopyFail("changed my mind")
            }
            try $0.receive(until: .readyForQuery)
        },
        Scenario(name: "copy-out", remark: "COPY to the client, as text and in binary") {
            try $0.simple("COPY (SELECT x, 'row ' || x FROM generate_series(1, 3) x) TO STDOUT")
            try $0.simple("COPY (SELECT 1, NULL::text) TO STDOUT (FORMAT binary)")
        },
        Scenario(name: "notify", remark: "LISTEN, NOTIFY, and the notification after the statement") {
            try $0.simple("LISTEN jobs")
            try $0.simple("NOTIFY jobs, 'go'")
            try $0.simple("UNLISTEN *")
        },
        Scenario(name: "notices", remark: "notices before a result and a parameter that changes") {
            try $0.simple("DROP TABLE IF EXISTS there_is_none")
            try $0.simple("DO $$ BEGIN RAISE NOTICE 'one'; RAISE WARNING 'two' USING HINT = 'three'; END $$")
            try $0.simple("SET TimeZone = 'Europe/Berlin'")
        },
        Scenario(name: "empty-query", remark: "an empty Query and an empty statement") {
            try $0.simple("")
            try $0.send {
                $0.appendStatement("")
                $0.appendSync()
            }
            try $0.receive(until: .readyForQuery)
        },
        Scenario(name: "portal", remark: "a portal read two rows at a time in a transaction") {
            try $0.simple("BEGIN")
            try $0.send {
                $0.appendStatement("SELECT x FROM generate_series(1, 5) x", maximumRows: 2)
                $0.appendSync()
            }
            try $0.receive(until: .readyForQuery)
            for maximum in [2, 0] as [Int32] {
                try $0.send {
                    $0.appendExecute(maximumRows: maximum)
                    $0.appendSync()
                }
                try $0.receive(until: .readyForQuery)
            }
            try $0.simple("COMMIT")
        },
        Scenario(name: "prepared", remark: "a statement that is prepared, executed twice and closed") {
            try $0.send {
                $0.appendParse(statement: "s1", sql: "SELECT $1 + 1", parameterTypes: [23])
                $0.appendDescribe(statement: "s1")
                $0.appendSync()
            }
            try $0.receive(until: .readyForQuery)
            for value in [1, 2] as [UInt8] {
                try $0.send {
                    $0.appendExecution(name: "s1", parameters: [[0, 0, 0, value]])
                    $0.appendSync()
                }
                try $0.receive(until: .readyForQuery)
            }
            try $0.send {
                $0.appendClose(statement: "s1")
                $0.appendStatement("SELECT 3", name: "s2")
                $0.appendSync()
            }
            try $0.receive(until: .readyForQuery)
        },
        Scenario(
            name: "pipeline", remark: "three statements sent ahead, each with its Sync; the second one fails"
        ) {
            try $0.send {
                for sql in ["SELECT 1", "SELECT 1 / 0", "SELECT 3"] {
                    $0.appendStatement(sql)
                    $0.appendSync()
                }
            }
            for _ in 0..<3 { try $0.receive(until: .readyForQuery) }
        },
        Scenario(name: "terminated", remark: "the server ends the session in the middle of a statement") {
            try $0.send {
                $0.appendStatement("SELECT pg_terminate_backend(pg_backend_pid())")
                $0.appendSync()
            }
            try $0.receive(until: .errorResponse)
        },
    ]

    private static let manyTypes = """
        SELECT $1 AS int4, $2 AS text, $3 AS bytea, $4 AS int8, true AS bool, 7::int2 AS int2, 1.5::float4 AS float4, \
        -2.25::float8 AS float8, 123.450::numeric AS numeric, 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid AS uuid, \
        '2001-02-03 04:05:06.789+00'::timestamptz AS timestamptz, '2001-02-03'::date AS date, \
        '{"a": [1, null]}'::jsonb AS jsonb, '{1,NULL,3}'::int4[] AS int4_array, '192.168.0.1/24'::inet AS inet, \
        '1 day 2 hours'::interval AS "interval"
        """

    private static let copyHeader = hex("5047434f50590aff0d0a00 00000000 00000000")
    private static let copyRows = hex(
        "0002 00000004 00000001 00000003 6f6e65 0002 00000004 00000002 ffffffff ffff")
}
