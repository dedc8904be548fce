import PostgresCodecs
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The expected bytes and texts are those of `numeric_send` and `numeric_out` of PostgreSQL 18.
@Suite struct NumericTests {
    static let samples = [
        ("0000000000000000", "0"),
        ("0000000000000002", "0.00"),
        ("00010000000000000001", "1"),
        ("00010000400000000001", "-1"),
        ("00010001000000000001", "10000"),
        ("0003000100000003000109291a7c", "12345.678"),
        ("0001ffff000000040001", "0.0001"),
        ("0001fffe0000000503e8", "0.00001"),
        ("0001ffff4000000103e8", "-0.1"),
        (
            "000b000700000009000c0d801ed204d2162e23340d801ed204d2162e2328",
            "123456789012345678901234567890.123456789"
        ),
        ("00000000c0000000", "NaN"),
        ("00010005000000000001", "100000000000000000000"),
        ("000200000000000300011388", "1.500"),
        ("0002000100000000270f270f", "99999999"),
        ("00010002000000000001", "100000000"),
        ("0001fffb000000140001", "0.00000000000000000001"),
        ("0001000200000000007b", "12300000000"),
    ]

    @Test(arguments: samples)
    func `numbers have the server's bytes and text`(hex: String, text: String) throws {
        let number = try #require(PostgresNumeric(text))
        #expect(number.description == text)
        #expect(try encodedHex(number) == hex)
        let read = try decode(PostgresNumeric.self, hex, .numeric)
        #expect(read == number)
        #expect(read.description == text)
        #expect(try encodedHex(read) == hex)
        #expect(try decodeText(PostgresNumeric.self, text, .numeric) == number)
    }

    @Test func `infinities keep the server's scale field`() throws {
        for (hex, number) in [
            ("00000000d0000020", PostgresNumeric.infinity), ("00000000f0000020", .negativeInfinity),
        ] {
            let read = try decode(PostgresNumeric.self, hex, .numeric)
            #expect(read == number)
            #expect(try encodedHex(read) == hex)
        }
        #expect(PostgresNumeric.infinity.description == "Infinity")
        #expect(PostgresNumeric("-inf")?.description == "-Infinity")
    }

    @Test(arguments: [
        ("1.5e-3", "0.0015"), ("1e3", "1000"), ("00012.3400", "12.3400"), ("-0", "0"), ("-0.0", "0.0"),
        (".5", "0.5"),
        ("5.", "5"), ("+7", "7"), ("1.5E+2", "150"), ("nan", "NaN"), ("0e10", "0"), ("12e-1", "1.2"),
    ])
    func `spellings of numbers are understood as the server understands them`(text: String, meaning: String) {
        #expect(PostgresNumeric(text)?.description == meaning)
    }

    @Test(arguments: [
        "", "-", ".", "e5", "1e", "1e+", "1 ", " 1", "1,5", "--1", "0x10", "1_000", "1e131072", "1e-16384",
        "1e99999999999999999999", "infinit", "١",
    ])
    func `text that is no number is refused`(text: String) {
        #expect(PostgresNumeric(text) == nil)
    }

    @Test func `the greatest and the smallest numbers are held`() throws {
        let greatest = try #require(PostgresNumeric("9" + String(repeating: "9", count: 131_071)))
        #expect(try decode(PostgresNumeric.self, try encoded(greatest), .numeric) == greatest)
        #expect(greatest.description.utf8.count == 131_072)
        #expect(PostgresNumeric(String(repeating: "9", count: 131_073)) == nil)
        let smallest = try #require(PostgresNumeric("1e-16383"))
        #expect(smallest.description.utf8.count == 16_385)
        #expect(smallest > 0)
    }

    @Test func `numbers compare by value`() throws {
        let ascending = try [
            "-Infinity", "-10000.1", "-10000", "-9999.9", "-1", "-0.5", "-0.00001", "0", "0.00001", "0.5",
            "1", "1.1",
            "9999.9", "10000", "10000.00000001", "1e50", "Infinity", "NaN",
        ].map { try #require(PostgresNumeric($0)) }
        for (low, left) in ascending.enumerated() {
            for (high, right) in ascending.enumerated() {
                #expect((left < right) == (low < high))
                #expect((left == right) == (low == high))
            }
        }
        #expect(PostgresNumeric("1.0") == PostgresNumeric("1.00"))
        #expect(PostgresNumeric("1.0")?.hashValue == PostgresNumeric("1.00")?.hashValue)
        #expect(PostgresNumeric("0.000") == .zero)
        #expect(PostgresNumeric("1.00")?.scale == 2)
    }

    @Test func `integers convert exactly or not at all`() throws {
        for value in [Int.min, -10_000, -9999, -1, 0, 1, 9999, 10_000, 12_345_678, .max] {
            #expect(PostgresNumeric(value).description == String(value))
            #expect(PostgresNumeric(value).intValue == value)
        }
        #expect(PostgresNumeric(UInt64.max).description == "18446744073709551615")
        #expect(PostgresNumeric(UInt64.max).integer(UInt64.self) == .max)
        #expect(PostgresNumeric(Int8.min).description == "-128")
        #expect(PostgresNumeric(-128).integer(Int8.self) == -128)
        #expect(PostgresNumeric(-129).integer(Int8.self) == nil)
        #expect(PostgresNumeric(-1).integer(UInt.self) == nil)
        #expect(PostgresNumeric("9223372036854775808")?.intValue == nil)
        #expect(PostgresNumeric("-9223372036854775808")?.intValue == .min)
        #expect(PostgresNumeric("7.000")?.intValue == 7)
        #expect(PostgresNumeric("7.001")?.intValue == nil)
        #expect(PostgresNumeric("1e100")?.intValue == nil)
        #expect(PostgresNumeric.nan.intValue == nil)
        #expect((-5 as PostgresNumeric).intValue == -5)
    }

    @Test func `doubles convert by their shortest text`() {
        #expect(PostgresNumeric(0.1).description == "0.1")
        #expect((0.25 as PostgresNumeric).description == "0.25")
        #expect(PostgresNumeric(100.0).description == "100")
        #expect(PostgresNumeric(1e21).description == "1000000000000000000000")
        #expect(PostgresNumeric(-0.0).description == "0")
        #expect(PostgresNumeric(Double.nan).isNaN)
        #expect(PostgresNumeric(-Double.infinity) == .negativeInfinity)
        #expect(PostgresNumeric("0.1")?.doubleValue == 0.1)
        #expect(PostgresNumeric("1e400")?.doubleValue == nil)
        #expect(PostgresNumeric.nan.doubleValue?.isNaN == true)
        #expect(PostgresNumeric(Double.leastNonzeroMagnitude).doubleValue == .leastNonzeroMagnitude)
        #expect(PostgresNumeric(Double.greatestFiniteMagnitude).doubleValue == .greatestFiniteMagnitude)
    }

    @Test func `decimals convert exactly or not at all`() throws {
        let decimal = try #require(Decimal(string: "12345678901234567890.12345678"))
        #expect(PostgresNumeric(decimal).description == "12345678901234567890.12345678")
        #expect(PostgresNumeric("12345678901234567890.12345678")?.decimalValue == decimal)
        #expect(PostgresNumeric("-0.1")?.decimalValue == Decimal(string: "-0.1"))
        #expect(PostgresNumeric("1" + String(repeating: "1", count: 40))?.decimalValue == nil)
        #expect(PostgresNumeric("1e1000")?.decimalValue == nil)
        #expect(PostgresNumeric.infinity.decimalValue == nil)
        #expect(PostgresNumeric.nan.decimalValue?.isNaN == true)
        #expect(PostgresNumeric(Decimal.nan).isNaN)
    }

    @Test(
        arguments: [
            ("", truncated(2, 0)), ("0001000000000000", truncated(2, 0, 8)),
            ("00000000000000000001", trailing(2, 8)), ("0001000000000000000100", trailing(1, 10)),
            ("00010000000000002710", .malformed(.unknownCode(10_000, offset: 8))),
            ("0001000000000000ffff", .malformed(.unknownCode(-1, offset: 8))),
            ("00010000100000000001", .malformed(.unknownCode(0x1000, offset: 4))),
            ("00010000000040000001", .malformed(.lengthOutOfRange(0x4000, offset: 6))),
            ("ffff000000000000", truncated(131_070, 0, 8)),
            ("00010000c00000000001", .malformed(.lengthOutOfRange(1, offset: 0))),
            ("0002800000000000" + "00000001", .malformed(.lengthOutOfRange(-32_768, offset: 2))),
        ] as [(String, DecodingFault)])
    func `malformed numbers are refused`(hex: String, fault: DecodingFault) {
        #expect(throws: fault) { try decode(PostgresNumeric.self, hex, .numeric) }
    }

    @Test func `numbers with zeros at their ends are read`() throws {
        let number = try decode(PostgresNumeric.self, "000400020000000000000001000200 00", .numeric)
        #expect(number.description == "10002")
        #expect(try encodedHex(number) == "0002000100000000" + "00010002")
    }

    @Test func `random numbers come back as they went`() throws {
        var random = SeededGenerator(state: 11)
        for _ in 0..<2000 {
            let length = Int(random.next() % 30) + 1
            var text = random.next() % 2 == 0 ? "-" : ""
            text += String(random.next() % 9 + 1)
            for _ in 0..<length { text += String(random.next() % 10) }
            if random.next() % 2 == 0 {
                text += "."
                for _ in 0...(random.next() % 20) { text += String(random.next() % 10) }
            }
            let number = try #require(PostgresNumeric(text))
            #expect(number.description == text)
            #expect(try decode(PostgresNumeric.self, try encoded(number), .numeric).description == text)
        }
    }

    @Test func `damaged numbers are refused or read, and written`() throws {
        readDamaged(PostgresNumeric.self, Self.samples.map { bytes($0.0) }, .numeric)
        readDamaged(PostgresNumeric.self, Self.samples.map { Array($0.1.utf8) }, .numeric, .text)
        // Whatever a peer sends can be described: the least weight, the greatest weight, the greatest scale.
        for hex in ["0001800000003fff0001", "00017fff00003fff0001", "00018000000000000001"] {
            let number = try decode(PostgresNumeric.self, hex, .numeric)
            #expect(number.description.utf8.count <= 147_457)
            #expect(try encodedHex(number) == hex)
        }
    }
}
