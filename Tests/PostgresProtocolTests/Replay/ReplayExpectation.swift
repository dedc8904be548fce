import Testing

/// What a recorded session means.
struct ReplayExpectation: Sendable, CustomTestStringConvertible {
    let name: String
    let trace: [String]

    var testDescription: String { name }

    static let all: [ReplayExpectation] = [
        ReplayExpectation(
            name: "batch-with-error",
            trace: [
                "completed CREATE TABLE",
                "finished idle",
                "parsed",
                "parameters [23]",
                "no columns",
                "completed INSERT 0 1",
                "parsed",
                "parameters [23]",
                "no columns",
                "failed 23505 duplicate key value violates unique constraint \"t_pkey\"",
                "finished idle",
                "columns count:20",
                "row '0'",
                "completed SELECT 1",
                "finished idle",
            ]),
        ReplayExpectation(
            name: "copy-in-given-up",
            trace: [
                "completed CREATE TABLE",
                "finished idle",
                "copy in text 1",
                "failed 57014 COPY from stdin failed: changed my mind",
                "finished idle",
            ]),
        ReplayExpectation(
            name: "copy-in-refused",
            trace: [
                "completed CREATE TABLE",
                "finished idle",
                "copy in text 1",
                "failed 22P02 invalid input syntax for type integer: \"no number\"",
                "finished idle",
                "columns ?column?:23",
                "row '1'",
                "completed SELECT 1",
                "finished idle",
            ]),
        ReplayExpectation(
            name: "copy-in",
            trace: [
                "completed CREATE TABLE",
                "finished idle",
                "copy in binary 2",
                "completed COPY 2",
                "finished idle",
                "columns count:20",
                "row '2'",
                "completed SELECT 1",
                "finished idle",
            ]),
        ReplayExpectation(
            name: "copy-out",
            trace: [
                "copy out text 2",
                "data x3109726f7720310a",
                "data x3209726f7720320a",
                "data x3309726f7720330a",
                "copy done",
                "completed COPY 3",
                "finished idle",
                "copy out binary 2",
                "data x5047434f50590aff0d0a00000000000000000000020000000400000001ffffffff",
                "data xffff",
                "copy done",
                "completed COPY 1",
                "finished idle",
            ]),
        ReplayExpectation(
            name: "deferred-error",
            trace: [
                "completed CREATE TABLE",
                "finished idle",
                "parsed",
                "parameters []",
                "no columns",
                "completed INSERT 0 2",
                "failed 23505 duplicate key value violates unique constraint \"t_id_key\"",
                "finished idle",
            ]),
        ReplayExpectation(
            name: "empty-query",
            trace: [
                "completed ",
                "finished idle",
                "parsed",
                "parameters []",
                "no columns",
                "completed ",
                "finished idle",
            ]),
        ReplayExpectation(
            name: "error-in-the-middle",
            trace: [
                "parsed",
                "parameters []",
                "columns ?column?:23",
                "row x00000003",
                "row x00000006",
                "failed 22012 division by zero",
                "finished idle",
                "parsed",
                "parameters []",
                "columns ?column?:23",
                "row x00000001",
                "completed SELECT 1",
                "finished idle",
            ]),
        ReplayExpectation(
            name: "extended-types",
            trace: [
                "parsed",
                "parameters [23, 25, 17, 20]",
                "columns int4:23 text:25 bytea:17 int8:20 bool:16 int2:21 float4:700 float8:"
                    + "701 numeric:1700 uuid:2950 timestamptz:1184 date:1082 jsonb:3802 int4_array"
                    + ":1007 inet:869 interval:1186",
                "row x0000002a x6e61c3af7665 x0001ff NULL x01 x0007 x3fc00000 xc002000000000"
                    + "000 x0002000000000003007b1194 xa0eebc999c0b4ef8bb6d6bb9bd380a11 x00001f5def"
                    + "466a88 x0000018f x017b2261223a205b312c206e756c6c5d7d x000000010000000100000"
                    + "01700000003000000010000000400000001ffffffff0000000400000003 x02180004c0a800"
                    + "01 x00000001ad2748000000000100000000",
                "completed SELECT 1",
                "finished idle",
            ]),
        ReplayExpectation(
            name: "multi-statement",
            trace: [
                "completed CREATE TABLE",
                "completed INSERT 0 2",
                "columns id:23",
                "row '1'",
                "row '2'",
                "completed SELECT 2",
                "completed UPDATE 2",
                "completed DROP TABLE",
                "finished idle",
            ]),
        ReplayExpectation(
            name: "notices",
            trace: [
                "notice NOTICE table \"there_is_none\" does not exist, skipping",
                "completed DROP TABLE",
                "finished idle",
                "notice NOTICE one",
                "notice WARNING two",
                "completed DO",
                "finished idle",
                "completed SET",
                "parameter TimeZone=Europe/Berlin",
                "finished idle",
            ]),
        ReplayExpectation(
            name: "notify",
            trace: [
                "completed LISTEN",
                "finished idle",
                "completed NOTIFY",
                "notification jobs go",
                "finished idle",
                "completed UNLISTEN",
                "finished idle",
            ]),
        ReplayExpectation(
            name: "pipeline",
            trace: [
                "parsed",
                "parameters []",
                "columns ?column?:23",
                "row x00000001",
                "completed SELECT 1",
                "finished idle",
                "parsed",
                "parameters []",
                "columns ?column?:23",
                "failed 22012 division by zero",
                "finished idle",
                "parsed",
                "parameters []",
                "columns ?column?:23",
                "row x00000003",
                "completed SELECT 1",
                "finished idle",
            ]),
        ReplayExpectation(
            name: "portal",
            trace: [
                "completed BEGIN",
                "finished inTransaction",
                "parsed",
                "parameters []",
                "columns x:23",
                "row x00000001",
                "row x00000002",
                "suspended",
                "finished inTransaction",
                "row x00000003",
                "row x00000004",
                "suspended",
                "finished inTransaction",
                "row x00000005",
                "completed SELECT 1",
                "finished inTransaction",
                "completed COMMIT",
                "finished idle",
            ]),
        ReplayExpectation(
            name: "prepared",
            trace: [
                "parsed",
                "parameters [23]",
                "columns ?column?:23",
                "finished idle",
                "row x00000002",
                "completed SELECT 1",
                "finished idle",
                "row x00000003",
                "completed SELECT 1",
                "finished idle",
                "parsed",
                "parameters []",
                "columns ?column?:23",
                "row x00000003",
                "completed SELECT 1",
                "finished idle",
            ]),
        ReplayExpectation(
            name: "psql",
            trace: [
                "columns ?column?:23",
                "row '1'",
                "completed SELECT 1",
                "columns ?column?:23",
                "row '2'",
                "completed SELECT 1",
                "finished idle",
                "copy out text 1",
                "data x330a",
                "copy done",
                "completed COPY 1",
                "finished idle",
            ]),
        ReplayExpectation(
            name: "simple-query",
            trace: [
                "columns one:23 two:25 three:25",
                "row '1' 'zwei' NULL",
                "completed SELECT 1",
                "finished idle",
            ]),
        ReplayExpectation(
            name: "terminated",
            trace: [
                "parsed",
                "parameters []",
                "columns pg_terminate_backend:16",
                "row x01",
                "terminated 57P01 terminating connection due to administrator command",
                "owed 1",
            ]),
    ]
}
