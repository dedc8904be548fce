import PostgresCodecs
import Testing

/// The expected bytes are those of `array_send` of PostgreSQL 18.
@Suite struct ArrayTests {
    let int8Nulls =
        "00000001 00000001 00000014 00000003 00000001 00000008 0000000000000001 ffffffff 00000008 0000000000000003"
    let int4Matrix =
        "00000002 00000000 00000017 00000002 00000001 00000002 00000001 00000004 00000001 00000004 00000002 00000004 00000003 00000004 00000004"
    let int2Bounds =
        "00000002 00000000 00000015 00000002 00000002 00000002 ffffffff 00000002 0001 00000002 0002 00000002 0003 00000002 0004"
    let texts = "00000001 00000001 00000019 00000003 00000001 00000001 61 00000003 622063 ffffffff"
    let byteas = "00000001 00000000 00000011 00000002 00000001 00000001 01 00000000"
    let doubles =
        "00000001 00000000 000002bd 00000002 00000001 00000008 3ff8000000000000 00000008 c000000000000000"
    let floats = "00000001 00000000 000002bc 00000002 00000001 00000004 3fc00000 00000004 c0000000"
    let bools = "00000001 00000000 00000010 00000002 00000001 00000001 01 00000001 00"
    let empty = "00000000 00000000 00000014"

    func compact(_ hex: String) -> String { hex.filter { $0 != " " } }

    @Test func `arrays are sent as the server sends them`() throws {
        #expect(try encodedHex([1, nil, 3] as [Int?]) == compact(int8Nulls))
        #expect(try encodedHex([] as [Int]) == compact(empty))
        #expect(try encodedHex([[1, 2], [3, 4]] as [[Int32]]) == compact(int4Matrix))
        #expect(try encodedHex(["a", "b c", nil] as [String?]) == compact(texts))
        #expect(try encodedHex([[1], []] as [[UInt8]]) == compact(byteas))
        #expect(try encodedHex([1.5, -2]) == compact(doubles))
        #expect(try encodedHex([1.5, -2] as [Float]) == compact(floats))
        #expect(try encodedHex([true, false]) == compact(bools))
        let bounds = try #require(
            PostgresArray<Int16>(
                [1, 2, 3, 4],
                dimensions: [.init(length: 2, lowerBound: 2), .init(length: 2, lowerBound: -1)]))
        #expect(try encodedHex(bounds) == compact(int2Bounds))
    }

    @Test func `arrays are read as the server sends them`() throws {
        #expect(try decode([Int?].self, int8Nulls, .int8Array) == [1, nil, 3])
        #expect(try decode([Int].self, empty, .int8Array) == [])
        #expect(try decode([[Int]].self, empty, .int8Array) == [])
        #expect(try decode([[Int32]].self, int4Matrix, .int4Array) == [[1, 2], [3, 4]])
        #expect(try decode([[Int]].self, int4Matrix, .int4Array) == [[1, 2], [3, 4]])
        #expect(try decode([[Int16]].self, int2Bounds, .int2Array) == [[1, 2], [3, 4]])
        #expect(try decode([String?].self, texts, .textArray) == ["a", "b c", nil])
        #expect(try decode([[UInt8]].self, byteas, .byteaArray) == [[1], []])
        #expect(try decode([Double].self, doubles, .float8Array) == [1.5, -2])
        #expect(try decode([Float].self, floats, .float4Array) == [1.5, -2])
        #expect(try decode([Double].self, floats, .float4Array) == [1.5, -2])
        #expect(try decode([Bool].self, bools, .boolArray) == [true, false])
        let matrix = try decode(PostgresArray<Int16>.self, int2Bounds, .int2Array)
        #expect(matrix.dimensions.map(\.lowerBound) == [2, -1])
        #expect(matrix.elements == [1, 2, 3, 4])
        #expect(try decode(PostgresArray<Int>.self, empty, .int8Array).dimensions == [])
    }

    @Test func `types of arrays follow from their elements`() {
        #expect([Int].postgresType == .int8Array)
        #expect([[Int]].postgresType == .int8Array)
        #expect([Int?].postgresType == .int8Array)
        #expect([[UInt8]].postgresType == .byteaArray)
        #expect([String].postgresType == .textArray)
        #expect(PostgresArray<Double>.postgresType == .float8Array)
        #expect([Int].accepts(.int4Array, .binary))
        #expect(![Int].accepts(.textArray, .binary))
        #expect(![Int].accepts(.int8, .binary))
        #expect([[UInt8]].accepts(.byteaArray, .binary))
        #expect(![[UInt8]].accepts(.bytea, .binary))
        #expect([Int].accepts(.int2Vector, .binary))
    }

    @Test func `arrays that do not fit are refused`() throws {
        #expect(throws: DecodingFault.unexpectedNull) { try decode([Int].self, int8Nulls, .int8Array) }
        #expect(throws: DecodingFault.outOfRange) { try decode([Int].self, int4Matrix, .int4Array) }
        #expect(throws: DecodingFault.outOfRange) { try decode([[[Int]]].self, int4Matrix, .int4Array) }
        #expect(throws: DecodingFault.outOfRange) { try decode([[Double]].self, doubles, .float8Array) }
        #expect(throws: DecodingFault.typeMismatch(.text, .binary)) {
            try decode([Int].self, texts, .int8Array)
        }
        #expect(throws: EncodingFault.raggedArray) { try encoded([[1, 2], [3]]) }
        #expect(throws: EncodingFault.raggedArray) { try encoded([[1], []]) }
        #expect(throws: EncodingFault.tooManyElements(count: 7, limit: 6)) { try encoded([[[[[[[1]]]]]]]) }
        #expect(try encoded([[[[[[1]]]]]]).count == 12 + 48 + 12)
        let nameless = EncodingFault.custom("an array needs elements of a type whose number or name is known")
        #expect(throws: nameless) {
            try encoded([PostgresRange<Double>.empty])
        }
    }

    @Test(
        arguments: [
            ("", truncated(4, 0)),
            ("00000001 00000000", truncated(4, 0, 8)),
            ("00000007 00000000 00000014", .malformed(.lengthOutOfRange(7, offset: 0))),
            ("ffffffff 00000000 00000014", .malformed(.lengthOutOfRange(-1, offset: 0))),
            ("00000001 00000002 00000014 00000001 00000001", .malformed(.unknownCode(2, offset: 4))),
            ("00000001 00000000 00000014 00000001", truncated(8, 4, 12)),
            ("00000001 00000000 00000014 7fffffff 00000001", truncated(8_589_934_588, 0, 20)),
            ("00000001 00000000 00000014 ffffffff 00000001", .malformed(.lengthOutOfRange(-1, offset: 12))),
            (
                "00000002 00000000 00000014 7fffffff 00000001 7fffffff 00000001",
                .malformed(.lengthOutOfRange(2_147_483_647, offset: 20))
            ),
            ("00000001 00000000 00000014 00000001 00000001 00000008 00000000", truncated(8, 4, 24)),
            ("00000001 00000000 00000014 00000001 00000001 7fffffff", truncated(2_147_483_647, 0, 24)),
            (
                "00000001 00000000 00000014 00000001 00000001 fffffffe",
                .malformed(.lengthOutOfRange(-2, offset: 24))
            ),
            ("00000001 00000000 00000014 00000001 00000001 00000004 00000001", truncated(8, 4)),
            (
                "00000001 00000000 00000014 00000001 00000001 00000008 0000000000000001 00",
                trailing(1, 32)
            ),
            ("00000000 00000000 00000014 00", trailing(1, 12)),
        ] as [(String, DecodingFault)])
    func `malformed arrays are refused without allocating what they claim`(hex: String, fault: DecodingFault)
    {
        #expect(throws: fault) { try decode([Int].self, hex, .int8Array) }
        #expect(throws: fault) { try decode([Int?].self, hex, .int8Array) }
        #expect(throws: fault) { try decode(PostgresArray<Int>.self, hex, .int8Array) }
    }

    @Test func `dimensions with a zero among them are an empty array`() throws {
        let hex = "00000002 00000000 00000014 7fffffff 00000001 00000000 00000001"
        #expect(try decode([[Int]].self, hex, .int8Array) == [])
    }

    @Test func `text forms of arrays are read`() throws {
        #expect(try decodeText([Int?].self, "{1,NULL,-3}", .int8Array) == [1, nil, -3])
        #expect(try decodeText([Int].self, "{}", .int8Array) == [])
        #expect(try decodeText([[Int]].self, "{{1,2},{3,4}}", .int4Array) == [[1, 2], [3, 4]])
        #expect(try decodeText([[Int]].self, "[2:3][-1:0]={{1,2},{3,4}}", .int2Array) == [[1, 2], [3, 4]])
        let quoted = #"{a,"b c","q\"\\","NULL",NULL,"{}",""}"#
        #expect(
            try decodeText([String?].self, quoted, .textArray) == [
                "a", "b c", "q\"\\", "NULL", nil, "{}", "",
            ])
        #expect(try decodeText([[UInt8]].self, #"{"\\x01","\\x"}"#, .byteaArray) == [[1], []])
        #expect(try decodeText([Bool].self, "{t,f}", .boolArray) == [true, false])
        #expect(try decodeText([String].self, "{queued}", extensionType) == ["queued"])
    }

    @Test(arguments: [
        "", "{", "1", "{1", "{1,", "{1,}", "{,1}", "{1}x", "{{1}", "{\"1}", "{\"1\\", "[1:2]", "{1 2}", "}{",
        "{{1}}",
        "{1,{2}}", "[0:0]={",
    ])
    func `malformed text forms of arrays are refused`(text: String) {
        #expect(throws: DecodingFault.self) { try decodeText([Int].self, text, .int8Array) }
    }

    @Test func `deeply nested text is refused`() {
        let deep = String(repeating: "{", count: 10_000) + String(repeating: "}", count: 10_000)
        #expect(throws: DecodingFault.self) { try decodeText([Int].self, deep, .int8Array) }
        #expect(throws: DecodingFault.self) { try decodeText([[Int]].self, deep, .int8Array) }
    }

    @Test func `random arrays come back as they went`() throws {
        var random = SeededGenerator(state: 7)
        for length in [1, 2, 3, 100, 1000] {
            let numbers = (0..<length).map { _ in Int.random(in: .min ... .max, using: &random) }
            #expect(try decode([Int].self, try encoded(numbers), .int8Array) == numbers)
            let some = numbers.map { $0 % 3 == 0 ? nil : $0 }
            #expect(try decode([Int?].self, try encoded(some), .int8Array) == some)
            let texts = numbers.map(String.init)
            #expect(try decode([String].self, try encoded(texts), .textArray) == texts)
            let shorts = numbers.map { Int16(truncatingIfNeeded: $0) }
            #expect(try decode([Int].self, try encoded(shorts), .int2Array) == shorts.map(Int.init))
            #expect(try decode([Int16].self, try encoded(shorts), .int2Array) == shorts)
        }
    }

    @Test func `damaged arrays are refused or read`() {
        let numbers = [bytes(int8Nulls), bytes(int4Matrix), bytes(empty), bytes(int2Bounds)]
        readDamaged([Int?].self, numbers, .int8Array)
        readDamaged([Int].self, numbers, .int8Array)
        readDamaged([[Int]].self, numbers, .int8Array)
        readDamaged(PostgresArray<Int?>.self, numbers, .int8Array)
        readDamaged([String?].self, [bytes(texts)], .textArray)
        readDamaged([Double].self, [bytes(doubles), bytes(floats)], .float8Array)
        readDamaged([[UInt8]].self, [bytes(byteas)], .byteaArray)
        readDamaged([[Int?]].self, [Array("[1:2][0:1]={{1,2},{NULL,4}}".utf8)], .int8Array, .text)
        readDamaged([String?].self, [Array(#"{a,"b \"c",NULL}"#.utf8)], .textArray, .text)
    }
}
