import PostgresCodecs
import PostgresProtocol
import Testing

/// The expected bytes are those of `range_send`, `multirange_send` and `record_send` of PostgreSQL 18.
@Suite struct ContainerTests {
    private func text(_ value: some PostgresEncodable, _ type: PostgresOID) throws -> String {
        let bytes = try encoded(value)
        return try PostgresTextForm().text(of: PostgresCell(bytes: bytes.span.bytes, type: type))
    }

    @Test func `ranges have the server's bytes and text`() throws {
        let half = "02 00000004 00000001 00000004 00000005"
        #expect(try encodedHex(Int32(1)..<5) == half.filter { $0 != " " })
        #expect(try decode(Range<Int32>.self, half, .int4Range) == 1..<5)
        #expect(try decode(PostgresRange<Int32>.self, half, .int4Range) == PostgresRange(1..<5))
        #expect(try text(Int32(1)..<5, .int4Range) == "[1,5)")
        #expect(try text(PostgresRange<Int32>.empty, .int4Range) == "empty")
        #expect(try text(PostgresRange<Int>(lower: .unbounded, upper: .unbounded), .int8Range) == "(,)")
        #expect(try text(PostgresRange(1...5), .int8Range) == "[1,5]")
        #expect(try text(PostgresRange(1...), .int8Range) == "[1,)")
        let day = try #require(PostgresTimestamp("2024-02-29 12:00:00+00"))
        #expect(try text(PostgresRange(..<day), .tstzRange) == "(,\"2024-02-29 12:00:00+00\")")
        #expect(
            try decode(
                PostgresRange<Double>.self, "04 00000008 0000000000000000 00000008 3ff0000000000000",
                extensionType)
                == PostgresRange(lower: .excluded(0), upper: .included(1)))
    }

    @Test func `a range type follows from its bounds`() {
        #expect(PostgresRange<Int32>.postgresType == .int4Range)
        #expect(Range<Int>.postgresType == .int8Range)
        #expect(PostgresRange<PostgresNumeric>.postgresType == .numRange)
        #expect(PostgresRange<PostgresLocalTimestamp>.postgresType == .tsRange)
        #expect(PostgresMultirange<PostgresDate>.postgresType == .dateMultirange)
        #expect(PostgresRange<Double>.postgresType == .unspecified)
        #expect([Range<Int>].postgresType == .int8RangeArray)
        #expect(PostgresRange<Int>.accepts(.int4Range, .binary))
        #expect(!PostgresRange<Int32>.accepts(.int8Range, .binary))
        #expect(!PostgresRange<Int>.accepts(.int8Multirange, .binary))
        #expect(!PostgresMultirange<Int>.accepts(.int8Range, .binary))
        #expect(!PostgresRange<Int>.accepts(.int8Range, .text))
    }

    @Test func `a range knows what is in it`() {
        #expect(PostgresRange(1..<5).contains(1))
        #expect(!PostgresRange(1..<5).contains(5))
        #expect(PostgresRange(1...5).contains(5))
        #expect(!PostgresRange(lower: .excluded(1), upper: .unbounded).contains(1))
        #expect(PostgresRange<Int>(lower: .unbounded, upper: .unbounded).contains(.min))
        #expect(!PostgresRange<Int>.empty.contains(0))
    }

    @Test func `multiranges have the server's bytes and text`() throws {
        let ranges: PostgresMultirange<Int32> = [PostgresRange(1..<3), PostgresRange(7...)]
        let hex = "00000002 00000011 02 00000004 00000001 00000004 00000003 00000009 12 00000004 00000007"
        #expect(try encodedHex(ranges) == hex.filter { $0 != " " })
        #expect(try decode(PostgresMultirange<Int32>.self, hex, .int4Multirange) == ranges)
        #expect(try text(ranges, .int4Multirange) == "{[1,3),[7,)}")
        #expect(try text([] as PostgresMultirange<Int>, .int8Multirange) == "{}")
    }

    @Test func `composite values have the server's bytes`() throws {
        let hex = "00000002 00000017 00000004 0000002a 00000019 00000003 612c62"
        let pair = Pair(42, "a,b")
        #expect(try encodedHex(pair) == hex.filter { $0 != " " })
        #expect(try decode(Pair.self, hex, extensionType) == pair)
        #expect(try decode(Pair.self, hex, .record) == pair)
        #expect(
            try decode(Pair.self, "00000002 00000017 00000004 0000002a 00000019 ffffffff", .record)
                == Pair(42, nil))
        #expect(throws: DecodingFault.outOfRange) {
            try decode(Pair.self, "00000001 00000017 00000004 0000002a", .record)
        }
        #expect(throws: DecodingFault.unexpectedNull) {
            try decode(Pair.self, "00000002 00000017 ffffffff 00000019 ffffffff", .record)
        }
        #expect(throws: DecodingFault.typeMismatch(.int8, .binary)) {
            try decode(Pair.self, "00000002 00000014 00000008 000000000000002a 00000019 ffffffff", .record)
        }
        // A domain over int4.
        #expect(
            try decode(Pair.self, "00000002 0000414a 00000004 0000002a 00000019 ffffffff", .record)
                == Pair(42, nil))
        #expect(throws: trailing(1, 4)) { try decode(Pair.self, "00000000 00", .record) }
    }

    @Test func `composite values have the server's text`() throws {
        let form = PostgresTextForm(userTypes: [extensionType: .composite([.int4, .text])])
        #expect(form.knows(extensionType))
        #expect(!PostgresTextForm(userTypes: [extensionType: .composite([.regClass])]).knows(extensionType))
        for (value, text) in [
            (Pair(42, "a,b"), "(42,\"a,b\")"), (Pair(-1, nil), "(-1,)"), (Pair(0, ""), "(0,\"\")"),
            (Pair(0, "say \"\\\""), "(0,\"say \"\"\\\\\"\"\")"), (Pair(0, "ä{}"), "(0,ä{})"),
        ] {
            let bytes = try encoded(value)
            #expect(try form.text(of: PostgresCell(bytes: bytes.span.bytes, type: extensionType)) == text)
        }
    }

    @Test func `durations and intervals turn into each other`() {
        #expect(
            PostgresInterval(.seconds(1) + .nanoseconds(1_500)) == PostgresInterval(microseconds: 1_000_002))
        #expect(PostgresInterval(.nanoseconds(-1_499)) == PostgresInterval(microseconds: -1))
        #expect(PostgresInterval(.nanoseconds(-1_500)) == PostgresInterval(microseconds: -2))
        #expect(PostgresInterval(days: 1, microseconds: 5).duration == .seconds(86_400) + .microseconds(5))
        #expect(PostgresInterval(months: 1).duration == nil)
        #expect(PostgresInterval.infinity.duration == nil)
        #expect(PostgresInterval(.seconds(Int64.max)) == nil)
    }
}
