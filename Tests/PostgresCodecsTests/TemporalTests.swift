import PostgresCodecs
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The expected bytes are those of `timestamptz_send` and `date_send` of PostgreSQL 18.
@Suite struct TemporalTests {
    static let instants = [
        ("0000000000000000", "2000-01-01 00:00:00+00"),
        ("0002b58341728614", "2024-02-29 12:34:56.789012+00"),
        ("fffca2fec4c82000", "1970-01-01 00:00:00+00"),
        ("7fffffffffffffff", "infinity"),
        ("8000000000000000", "-infinity"),
        ("ffffffffffffffff", "1999-12-31 23:59:59.999999+00"),
        ("fd0f7cc1411fa000", "4714-11-24 00:00:00+00 BC"),
        ("7fffff5bb3b29fff", "294276-12-31 23:59:59.999999+00"),
    ]

    @Test(arguments: instants)
    func `instants have the server's bytes and text`(hex: String, text: String) throws {
        let instant = try #require(PostgresTimestamp(text))
        #expect(try encodedHex(instant) == hex)
        #expect(instant.description == text)
        #expect(try decode(PostgresTimestamp.self, hex, .timestamptz) == instant)
        #expect(try decodeText(PostgresTimestamp.self, text, .timestamptz) == instant)
    }

    @Test(
        arguments: [
            ("00000000", "2000-01-01"), ("ffffffff", "1999-12-31"), ("00002279", "2024-02-29"),
            ("7fffffff", "infinity"), ("80000000", "-infinity"), ("ffda97a7", "4714-11-24 BC"),
            ("7fda970c", "5874897-12-31"),
        ])
    func `days have the server's bytes and text`(hex: String, text: String) throws {
        let day = try #require(PostgresDate(text))
        #expect(try encodedHex(day) == hex)
        #expect(day.description == text)
        #expect(try decode(PostgresDate.self, hex, .date) == day)
        #expect(try decodeText(PostgresDate.self, text, .date) == day)
    }

    @Test func `every day of the calendar follows the one before`() {
        var expected = (year: -4713, month: 11, day: 24)
        func length(_ year: Int, _ month: Int) -> Int {
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
        }
        var mistakes = 0
        for days in Int32(-2_451_545)...(-2_451_545 + 60_000) {
            let components = PostgresDate(days: days).components ?? (0, 0, 0)
            if components != expected { mistakes += 1 }
            if PostgresDate(year: expected.year, month: expected.month, day: expected.day)?.days != days {
                mistakes += 1
            }
            expected.day += 1
            if expected.day > length(expected.year, expected.month) {
                expected = (expected.year, expected.month + 1, 1)
            }
            if expected.month > 12 { expected = (expected.year + 1, 1, 1) }
        }
        #expect(mistakes == 0)
    }

    @Test(arguments: [
        ("2024-02-29T12:34:56Z", "2024-02-29 12:34:56+00"),
        ("2024-02-29 12:34:56.5+02", "2024-02-29 10:34:56.5+00"),
        ("2024-02-29 12:34:56-03:30", "2024-02-29 16:04:56+00"),
        ("1890-01-01 00:00:00+00:19:32", "1889-12-31 23:40:28+00"),
        ("2024-12-31 24:00:00+00", "2025-01-01 00:00:00+00"),
        ("2024-02-29 12:34", "2024-02-29 12:34:00+00"),
    ])
    func `offsets and spellings of instants are understood`(text: String, meaning: String) {
        #expect(PostgresTimestamp(text)?.description == meaning)
    }

    @Test(arguments: [
        "", "2024", "2024-02-30 00:00:00", "2023-02-29 00:00:00", "2024-13-01 00:00:00",
        "2024-00-01 00:00:00",
        "2024-01-00 00:00:00", "2024-01-01", "2024-01-01 25:00:00", "2024-01-01 24:00:01",
        "2024-01-01 00:60:00",
        "2024-01-01 00:00:00.1234567", "2024-01-01 00:00:00+", "2024-01-01 00:00:00+1",
        "2024-01-01 00:00:00 AD",
        "0000-01-01 00:00:00", "294277-01-01 00:00:00", "4714-11-23 23:59:59 BC", "9999999-01-01 00:00:00",
        "Infinity",
        "2024-01-01 00:00:00+00 BC x", "-2024-01-01 00:00:00",
    ])
    func `text that is no instant is refused`(text: String) {
        #expect(PostgresTimestamp(text) == nil)
    }

    @Test func `dates are rounded to the nearest microsecond`() throws {
        let date = Date(timeIntervalSince1970: 1_709_210_096.789012)
        #expect(try encodedHex(date) == "0002b58341728614")
        #expect(try decode(Date.self, "0002b58341728614", .timestamptz) == date)
        #expect(try encodedHex(Date(timeIntervalSince1970: 0)) == "fffca2fec4c82000")
        #expect(try encodedHex(Date(timeIntervalSinceReferenceDate: 0.0000004)) == "00001cc2a9eb4000")
        #expect(try encodedHex(Date(timeIntervalSinceReferenceDate: 0.0000006)) == "00001cc2a9eb4001")
        var random = SeededGenerator(state: 3)
        for _ in 0..<2000 {
            let instant = PostgresTimestamp(
                microseconds: Int64.random(in: -4_263_000_000_000_000...4_326_000_000_000_000, using: &random)
            )
            let date = try #require(instant.date)
            #expect(PostgresTimestamp(date) == instant)
        }
    }

    @Test func `instants outside of a type's range are refused`() throws {
        for value in [Double.infinity, -.infinity, .nan, 1e300, -1e300, 9.4e12, -3e11] {
            #expect(throws: EncodingFault.outOfRange(type: "timestamptz")) {
                try encoded(Date(timeIntervalSinceReferenceDate: value))
            }
        }
        #expect(throws: DecodingFault.outOfRange) { try decode(Date.self, "7fffffffffffffff", .timestamptz) }
        #expect(throws: DecodingFault.outOfRange) { try decode(Date.self, "8000000000000000", .timestamptz) }
        #expect(throws: EncodingFault.outOfRange(type: "timestamptz")) {
            try encoded(PostgresTimestamp(microseconds: .max - 1))
        }
        #expect(throws: EncodingFault.outOfRange(type: "date")) { try encoded(PostgresDate(days: .min + 1)) }
        // Bytes that no server sends are still read, and described without a trap.
        for value in [Int64.min + 1, Int64.max - 1] {
            let instant = PostgresTimestamp(microseconds: value)
            #expect(!instant.description.isEmpty)
            #expect((instant.date != nil) == (value > 0))
        }
        #expect(!PostgresDate(days: .min + 1).description.isEmpty)
    }

    @Test func `instants compare in time and convert to Unix time`() {
        #expect(PostgresTimestamp.negativeInfinity < PostgresTimestamp(microseconds: 0))
        #expect(PostgresTimestamp(microseconds: 0) < .infinity)
        #expect(PostgresTimestamp(unixMicroseconds: 946_684_800_000_000)?.microseconds == 0)
        #expect(PostgresTimestamp(microseconds: 0).unixMicroseconds == 946_684_800_000_000)
        #expect(PostgresTimestamp(unixMicroseconds: .min) == nil)
        #expect(PostgresTimestamp.infinity.unixMicroseconds == nil)
        #expect(PostgresDate.negativeInfinity < PostgresDate(days: 0))
    }

    @Test func `damaged instants are refused or read`() {
        readDamaged(PostgresTimestamp.self, [bytes("0002b58341728614")], .timestamptz)
        readDamaged(Date.self, [bytes("0002b58341728614")], .timestamptz)
        readDamaged(PostgresDate.self, [bytes("00002279")], .date)
        readDamaged(
            PostgresTimestamp.self, [Array("4714-11-24 00:00:00.123456+00:19:32 BC".utf8)], .timestamptz,
            .text)
    }
}
