#if CLI
import FoundationEssentials
import PostgresWire

/// What `--only codecs` measures: the kinds of values that matter most, then one of each family of types.
enum CodecCases {
    /// All of them; the figures are those of the prototypes that the design was chosen by.
    static func all() throws -> [CodecCase] {
        let floats = (0..<1_536).map { Float($0) / 1_536 - 0.5 }
        let extensionType = PostgresOID(rawValue: 70_000)
        var cases = try CodecCase.both(
            "vector(1536)", PostgresVector(floats), extensionType, turns: 5_000, decode: 750, encode: 590)
        cases.append(try row())
        cases += try CodecCase.both(
            "jsonb, 2 KB", document(), .jsonb, turns: 1_000, decode: 10_066, encode: 4_541)
        cases += try scalars()
        cases += try times()
        cases += try containers(floats, extensionType)
        return cases
    }

    /// int8, a text of 16 bytes and float8.
    private static func row() throws -> CodecCase {
        var writer = ByteWriter()
        writer.append(Int16(3))
        try Int64(123_456_789).encodeField(into: &writer)
        try "sixteen letters!".encodeField(into: &writer)
        try 2.718_281_828.encodeField(into: &writer)
        let body = writer.bytes.withUnsafeBytes { Array($0) }
        let rows = try PostgresRows(
            bodies: Array(repeating: body, count: 1_000), types: [.int8, .text, .float8])
        return CodecCase(name: "row of 3 columns", direction: "decode", turns: 100_000, figure: 62) { count in
            for _ in 0..<max(1, count / 1_000) {
                consume(try rows.decode((Int64, String, Double).self))
            }
        }
    }

    /// A document of about 2 KB.
    private static func document() -> JSONValue {
        let item: JSONValue = [
            "id": 4_711, "name": "a thing with a name", "price": 12.5, "tags": ["red", "round", "rare"],
            "in_stock": true, "note": nil,
        ]
        return ["version": 3, "items": .array(Array(repeating: item, count: 17))]
    }

    private static func scalars() throws -> [CodecCase] {
        let number = PostgresNumeric("12345678901234567890.123456789") ?? .nan
        return try CodecCase.both("bool", true, .bool)
            + CodecCase.both("int2", Int16(7), .int2) + CodecCase.both("int4", Int32(7), .int4)
            + CodecCase.both("int8", Int64(7), .int8) + CodecCase.both("float4", Float(2.5), .float4)
            + CodecCase.both("float8", 2.5, .float8) + CodecCase.both("numeric", number, .numeric)
            + CodecCase.both("text, 8 bytes", "8 bytes.", .text, decode: 14)
            + CodecCase.both("text, 64 bytes", String(repeating: "8 bytes.", count: 8), .text, decode: 89)
            + CodecCase.both(
                "text, 1,000 bytes", String(repeating: "8 bytes.", count: 125), .text, decode: 176)
            + CodecCase.both("bytea, 1 KB", [UInt8](repeating: 7, count: 1_024), .bytea)
            + CodecCase.both("uuid", UUID(), .uuid)
            + CodecCase.both(
                "inet", PostgresInet("192.168.1.1/24") ?? PostgresInet(PostgresIPAddress(version4: 0)), .inet)
            + CodecCase.both("bit varying(64)", PostgresBits((0..<64).map { $0 % 3 == 0 }), .varbit)
            + CodecCase.both("point", PostgresPoint(x: 1.5, y: -2), .point)
    }

    private static func times() throws -> [CodecCase] {
        try CodecCase.both("timestamptz", PostgresTimestamp(microseconds: 820_000_000_000_000), .timestamptz)
            + CodecCase.both("timestamptz as Date", Date(timeIntervalSince1970: 1_790_000_000), .timestamptz)
            + CodecCase.both("interval", PostgresInterval(months: 1, days: 2, microseconds: 3), .interval)
    }

    private static func containers(_ floats: [Float], _ extensionType: PostgresOID) throws -> [CodecCase] {
        let words = (0..<100).map { "word \($0)" }
        return try CodecCase.both("int4[100]", (0..<100).map { Int32($0) }, .int4Array)
            + CodecCase.both("float8[100]", (0..<100).map { Double($0) }, .float8Array)
            + CodecCase.both("text[100]", words, .textArray, turns: 2_000)
            + CodecCase.both("int8range", PostgresRange(Int64(1)..<100), .int8Range)
            + CodecCase.both(
                "hstore of 10",
                PostgresHStore(Dictionary(uniqueKeysWithValues: words.prefix(10).map { ($0, $0) })),
                extensionType, turns: 2_000)
            + CodecCase.both(
                "tsvector of 10", PostgresTSVector(words.prefix(10).map { PostgresTSVector.Lexeme($0) }),
                .tsVector,
                turns: 2_000)
            + CodecCase.both("halfvec(1536)", PostgresHalfVector(floats), extensionType, turns: 2_000)
    }
}
#endif
