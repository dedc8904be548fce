import PostgresCodecs
import Testing

/// The expected bytes are those of `boolsend`, `int8send` and so on of PostgreSQL 18.
@Suite struct ScalarTests {
    @Test func `booleans are one byte`() throws {
        #expect(try encodedHex(true) == "01")
        #expect(try encodedHex(false) == "00")
        #expect(try decode(Bool.self, "01", .bool))
        #expect(try !decode(Bool.self, "00", .bool))
        #expect(try decodeText(Bool.self, "t", .bool))
        #expect(try !decodeText(Bool.self, "f", .bool))
        #expect(throws: DecodingFault.malformed(.unknownCode(2, offset: 0))) {
            try decode(Bool.self, "02", .bool)
        }
        #expect(throws: truncated(1, 0)) { try decode(Bool.self, "", .bool) }
        #expect(throws: trailing(1, 1)) { try decode(Bool.self, "0101", .bool) }
        #expect(throws: DecodingFault.malformed(.unknownCode(120, offset: 0))) {
            try decodeText(Bool.self, "x", .bool)
        }
    }

    @Test func `integers are big-endian at every boundary`() throws {
        #expect(try encodedHex(Int16.min) == "8000")
        #expect(try encodedHex(Int16.max) == "7fff")
        #expect(try encodedHex(258 as Int32) == "00000102")
        #expect(try encodedHex(Int32.min) == "80000000")
        #expect(try encodedHex(-2 as Int64) == "fffffffffffffffe")
        #expect(try encodedHex(Int.max) == "7fffffffffffffff")
        for value in [Int16.min, -1, 0, 1, .max] {
            #expect(try decode(Int16.self, try encoded(value), .int2) == value)
            #expect(try decode(Int32.self, try encoded(value), .int2) == Int32(value))
            #expect(try decode(Int.self, try encoded(value), .int2) == Int(value))
        }
        for value in [Int32.min, -1, 0, 1, .max] {
            #expect(try decode(Int32.self, try encoded(value), .int4) == value)
            #expect(try decode(Int64.self, try encoded(value), .int4) == Int64(value))
        }
        for value in [Int.min, -1, 0, 1, .max] {
            #expect(try decode(Int.self, try encoded(value), .int8) == value)
            #expect(try decodeText(Int.self, String(value), .int8) == value)
        }
        #expect(try decode(Int.self, "ffffffff", .oid) == 4_294_967_295)
        #expect(try decode(PostgresOID.self, "ffffffff", .oid).rawValue == 4_294_967_295)
        #expect(try encodedHex(PostgresOID.int8) == "00000014")
        #expect(try decode(PostgresOID.self, "0000004d", .regClass).rawValue == 77)
    }

    @Test func `integers widen and never narrow`() {
        #expect(!Int16.accepts(.int4, .binary))
        #expect(!Int32.accepts(.int8, .binary))
        #expect(!Int.accepts(.numeric, .binary))
        #expect(!Int.accepts(.text, .text))
        #expect(!Float.accepts(.float8, .binary))
        #expect(!Double.accepts(.int4, .binary))
        #expect(Int.accepts(.int2, .text))
    }

    @Test func `integers of a wrong size are refused`() {
        #expect(throws: truncated(8, 4)) { try decode(Int.self, "00000001", .int8) }
        #expect(throws: trailing(4, 4)) { try decode(Int.self, "0000000000000001", .int4) }
        #expect(throws: truncated(2, 0)) { try decode(Int16.self, "", .int2) }
        #expect(throws: DecodingFault.malformed(.unknownCode(0, offset: 0))) {
            try decodeText(Int.self, "9223372036854775808", .int8)
        }
        #expect(throws: DecodingFault.malformed(.unknownCode(0, offset: 0))) {
            try decodeText(Int.self, "", .int8)
        }
    }

    @Test func `floating point numbers keep their bits`() throws {
        #expect(try encodedHex(0.1) == "3fb999999999999a")
        #expect(try encodedHex(0.1 as Float) == "3dcccccd")
        #expect(try encodedHex(-Double.infinity) == "fff0000000000000")
        #expect(try encodedHex(-0.0) == "8000000000000000")
        #expect(try decode(Double.self, "7ff8000000000000", .float8).isNaN)
        #expect(try decode(Double.self, "3fb999999999999a", .float8) == 0.1)
        #expect(try decode(Double.self, "0000000000000001", .float8) == .leastNonzeroMagnitude)
        #expect(try decode(Float.self, "7f7fffff", .float4) == .greatestFiniteMagnitude)
        #expect(try decode(Double.self, "3dcccccd", .float4) == 0.10000000149011612)
        #expect(try decodeText(Double.self, "-Infinity", .float8) == -.infinity)
        #expect(try decodeText(Double.self, "NaN", .float8).isNaN)
        #expect(try decodeText(Double.self, "1e-07", .float8) == 1e-7)
        #expect(try decodeText(Float.self, "0.1", .float4) == 0.1)
        #expect(throws: truncated(8, 7)) { try decode(Double.self, "3fb99999999999", .float8) }
        #expect(throws: trailing(1, 4)) { try decode(Float.self, "3dcccccd00", .float4) }
    }

    @Test func `NULL needs an optional`() throws {
        #expect(try encodedHex(Int?.some(1)) == "0000000000000001")
        #expect(try Int?.decodeNull() == nil)
        #expect(throws: DecodingFault.unexpectedNull) { try Int.decodeNull() }
        #expect(throws: DecodingFault.unexpectedNull) { try [Int].decodeNull() }
        #expect(try decode(Int?.self, "0000000000000001", .int8) == 1)
        #expect(Int?.postgresType == .int8)
    }

    @Test func `type names and array types are known`() {
        #expect(PostgresOID.timestamptz.typeName == "timestamptz")
        #expect(PostgresOID.int8Array.typeName == "_int8")
        #expect(PostgresOID.jsonb.arrayType?.rawValue == 3807)
        #expect(PostgresOID(rawValue: 1009).elementType == .text)
        #expect(PostgresOID.int2Vector.elementType == .int2)
        #expect(extensionType.typeName == nil && extensionType.arrayType == nil)
        #expect(PostgresOID.uuid.description == "uuid" && extensionType.description == "16714")
    }

    @Test func `damaged scalars are refused or read`() throws {
        let eight = [bytes("0000000000000001"), bytes("3fb999999999999a")]
        readDamaged(Int.self, eight, .int8)
        readDamaged(Double.self, eight, .float8)
        readDamaged(Int32.self, [bytes("00000001")], .int4)
        readDamaged(Int16.self, [bytes("0001")], .int2)
        readDamaged(Float.self, [bytes("3dcccccd")], .float4)
        readDamaged(Bool.self, [bytes("01")], .bool)
        readDamaged(Int.self, [Array("-9223372036854775808".utf8)], .int8, .text)
        readDamaged(Double.self, [Array("-1.5e-300".utf8)], .float8, .text)
    }
}
