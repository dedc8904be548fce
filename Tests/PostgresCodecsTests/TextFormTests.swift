import PostgresCodecs
import PostgresProtocol
import Testing

/// The expected texts are what PostgreSQL 18 and pgvector 0.8 print for the bytes.
@Suite struct TextFormTests {
    private func text(
        _ hex: String, _ type: PostgresOID, _ form: PostgresTextForm = PostgresTextForm()
    ) throws(DecodingFault) -> String {
        let bytes = bytes(hex)
        return try form.text(of: PostgresCell(bytes: bytes.span.bytes, type: type))
    }

    @Test(arguments: [
        ("01", PostgresOID.bool, "t"), ("00", .bool, "f"), ("fff6", .int2, "-10"),
        ("80000000", .int4, "-2147483648"), ("7fffffffffffffff", .int8, "9223372036854775807"),
        ("ffffffff", .oid, "4294967295"), ("3fc00000", .float4, "1.5"), ("49742400", .float4, "1e+06"),
        ("3fb999999999999a", .float8, "0.1"), ("430c6bf526340000", .float8, "1e+15"),
        ("fff0000000000000", .float8, "-Infinity"), ("8000000000000000", .float8, "-0"),
        ("0002 0000 4000 0002 0001 1388", .numeric, "-1.50"), ("0000 0000 c000 0000", .numeric, "NaN"),
        ("c3a4", .text, "ä"), ("", .varchar, ""), ("01 7b7d", .jsonb, "{}"), ("5b 31 5d", .json, "[1]"),
        ("00ff10", .bytea, "\\x00ff10"), ("", .bytea, "\\x"),
        ("a0eebc999c0b4ef8bb6d6bb9bd380a11", .uuid, "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
        ("00000000", .date, "2000-01-01"), ("7fffffff", .date, "infinity"),
        ("0000000000000000", .timestamp, "2000-01-01 00:00:00"),
        ("0000000000000001", .timestamptz, "2000-01-01 00:00:00.000001+00"),
        ("00000001 00000000 00000015 00000002 00000000 00000002 0001 00000002 0003", .int2Vector, "1 3"),
    ])
    func `a value is written as the server does`(hex: String, type: PostgresOID, expected: String) throws {
        #expect(PostgresTextForm().knows(type))
        #expect(try text(hex, type) == expected)
    }

    @Test(arguments: [
        ("00000000 00000000 00000014", PostgresOID.int8Array, "{}"),
        (
            "00000001 00000001 00000014 00000002 00000001 00000008 0000000000000001 ffffffff", .int8Array,
            "{1,NULL}"
        ),
        (
            "00000002 00000000 00000015 00000002 00000002 00000002 ffffffff 00000002 0001 00000002 0002 00000002 0003 00000002 0004",
            .int2Array, "[2:3][-1:0]={{1,2},{3,4}}"
        ),
        (
            "00000001 00000001 00000019 00000006 00000001 00000001 61 00000000 00000004 4e554c6c 00000003 622063 00000003 22 5c 2c ffffffff",
            .textArray, #"{a,"","NULl","b c","\"\\,",NULL}"#
        ),
    ])
    func `an array is written as the server does`(hex: String, type: PostgresOID, expected: String) throws {
        #expect(try text(hex, type) == expected)
    }

    @Test func `types of extensions and users are written by what they are`() throws {
        let number = { PostgresOID(rawValue: 20_000 + $0) }
        let form = PostgresTextForm(userTypes: [
            number(0): .vector, number(1): .halfVector, number(2): .sparseVector, number(3): .text,
            number(4): .domain(.int4), number(5): .array(of: number(4)), number(6): .domain(number(7)),
            number(7): .domain(number(6)),
        ])
        #expect(try text("0002 0000 3f800000 c0200000", number(0), form) == "[1,-2.5]")
        #expect(try text("0001 0000 3c00", number(1), form) == "[1]")
        #expect(
            try text("00000005 00000002 00000000 00000000 00000002 3fc00000 c0000000", number(2), form)
                == "{1:1.5,3:-2}/5")
        #expect(try text("6f6b", number(3), form) == "ok")
        #expect(try text("0000002a", number(4), form) == "42")
        #expect(
            try text("00000001 00000000 00004e24 00000001 00000001 00000004 0000002a", number(5), form)
                == "{42}")
        #expect(!form.knows(number(6)))
        #expect(!form.knows(number(8)))
        #expect(throws: DecodingFault.typeMismatch(number(6), .binary)) { try text("00", number(6), form) }
    }

    @Test func `a type whose text hangs on a setting is known only under ours`() {
        var settings = PostgresTextForm.Settings()
        settings.isUTC = false
        settings.hasShortestFloats = false
        settings.hasHexadecimalBytes = false
        let form = PostgresTextForm(settings: settings)
        for type in [PostgresOID.timestamptz, .timestamptzArray, .float8, .float4Array, .bytea] {
            #expect(!form.knows(type))
            #expect(PostgresTextForm().knows(type))
        }
        for type in [PostgresOID.date, .timestamp, .int4] { #expect(form.knows(type)) }
        settings.isISO = false
        for type in [PostgresOID.date, .timestamp] {
            #expect(!PostgresTextForm(settings: settings).knows(type))
        }
    }

    @Test func `functions that send values tell what an extension's types are`() {
        #expect(PostgresTextForm.UserType(sendFunction: "vector_send") == .vector)
        #expect(PostgresTextForm.UserType(sendFunction: "enum_send") == .text)
        #expect(PostgresTextForm.UserType(sendFunction: "record_send") == nil)
    }

    @Test(arguments: [
        ("00", PostgresOID.int4), ("02", .bool), ("ff", .text), ("02 7b7d", .jsonb), ("00000001", .int4Array),
        ("00000001 00000000 00000017 7fffffff 00000001", .int4Array),
        ("0001 0000 0000 0000 2710 00", .numeric),
    ])
    func `bytes that are not of the type are refused`(hex: String, type: PostgresOID) {
        #expect(throws: DecodingFault.self) { try text(hex, type) }
    }
}
