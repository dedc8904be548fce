import PostgresCodecs
import PostgresProtocol
import Testing

/// One value of each type with the bytes and the text of PostgreSQL 18 and its extensions.
@Suite struct TypeFormTests {
    typealias Codable = PostgresDecodable & PostgresEncodable & CustomStringConvertible & Sendable

    struct Sample: Sendable {
        let swift: any Codable.Type
        let type: PostgresOID
        let hex: String
        let text: String

        init(_ swift: any Codable.Type, _ type: PostgresOID, _ hex: String, _ text: String) {
            self.swift = swift
            self.type = type
            self.hex = hex
            self.text = text
        }
    }

    static let samples = [
        Sample(
            PostgresInterval.self, .interval, "0000000365092508 fffffffd 0000000e",
            "1 year 2 mons -3 days +04:03:00.000008"),
        Sample(PostgresInterval.self, .interval, "0000000000000000 00000000 00000000", "00:00:00"),
        Sample(
            PostgresInterval.self, .interval, "ffffffffffffffff 00000001 00000000", "1 day -00:00:00.000001"),
        Sample(PostgresInterval.self, .interval, "7fffffffffffffff 7fffffff 7fffffff", "infinity"),
        Sample(PostgresTime.self, .time, "000000141dd76000", "24:00:00"),
        Sample(PostgresTime.self, .time, "0000000000000001", "00:00:00.000001"),
        Sample(PostgresTimeWithZone.self, .timetz, "0000000000000000 ffffb2a8", "00:00:00+05:30"),
        Sample(PostgresTimeWithZone.self, .timetz, "0000000000000000 00000001", "00:00:00-00:00:01"),
        Sample(PostgresLocalTimestamp.self, .timestamp, "0002b58341728614", "2024-02-29 12:34:56.789012"),
        Sample(PostgresLocalTimestamp.self, .timestamp, "fd0f7cc1411fa000", "4714-11-24 00:00:00 BC"),
        Sample(PostgresMoney.self, .money, "8000000000000000", "-$92,233,720,368,547,758.08"),
        Sample(PostgresMoney.self, .money, "0000000000000005", "$0.05"),
        Sample(PostgresCharacter.self, .char, "61", "a"), Sample(PostgresCharacter.self, .char, "00", ""),
        Sample(PostgresCharacter.self, .char, "ff", "\\377"),
        Sample(PostgresTransactionID.self, .xid, "ffffffff", "4294967295"),
        Sample(PostgresCommandID.self, .cid, "00000000", "0"),
        Sample(PostgresFullTransactionID.self, .xid8, "ffffffffffffffff", "18446744073709551615"),
        Sample(PostgresTupleID.self, .tid, "0000002a 0007", "(42,7)"),
        Sample(PostgresLSN.self, .pgLSN, "00000016b374d848", "16/B374D848"),
        Sample(
            PostgresSnapshot.self, .pgSnapshot,
            "00000002 000000000000000a 0000000000000014 000000000000000a 000000000000000e",
            "10:20:10,14"),
        Sample(PostgresJSONPath.self, .jsonPath, "01 242e2261 22", "$.\"a\""),
        Sample(PostgresXML.self, .xml, "3c612f3e", "<a/>"),
        Sample(PostgresMACAddress.self, .macaddr, "08002b010203", "08:00:2b:01:02:03"),
        Sample(PostgresMACAddress8.self, .macaddr8, "08002b0102030405", "08:00:2b:01:02:03:04:05"),
        Sample(PostgresInet.self, .inet, "02 18 00 04 c0a80001", "192.168.0.1/24"),
        Sample(PostgresInet.self, .inet, "03 80 00 10 20010db8000000000000000000000001", "2001:db8::1"),
        Sample(PostgresCIDR.self, .cidr, "02 08 01 04 0a000000", "10.0.0.0/8"),
        Sample(PostgresBits.self, .varbit, "00000009 b180", "101100011"),
        Sample(PostgresBits.self, .bit, "00000000", ""),
        Sample(PostgresPoint.self, .point, "3ff8000000000000 c000000000000000", "(1.5,-2)"),
        Sample(
            PostgresLine.self, .line, "3ff0000000000000 c000000000000000 7ff8000000000000", "{1,-2,NaN}"),
        Sample(
            PostgresLineSegment.self, .lseg,
            "0000000000000000 3ff0000000000000 4000000000000000 7ff0000000000000",
            "[(0,1),(2,Infinity)]"),
        Sample(
            PostgresBox.self, .box, "4000000000000000 4000000000000000 0000000000000000 3ff0000000000000",
            "(2,2),(0,1)"),
        Sample(PostgresPath.self, .path, "01 00000001 0000000000000000 3ff0000000000000", "((0,1))"),
        Sample(PostgresPath.self, .path, "00 00000001 0000000000000000 3ff0000000000000", "[(0,1)]"),
        Sample(PostgresPolygon.self, .polygon, "00000001 0000000000000000 3ff0000000000000", "((0,1))"),
        Sample(
            PostgresCircle.self, .circle, "0000000000000000 3ff0000000000000 3fe0000000000000", "<(0,1),0.5>"),
        Sample(
            PostgresTSVector.self, .tsVector, "00000002 63617400 0002 c003 0005 6661 7400 0000",
            "'cat':3A,5 'fat'"),
        Sample(
            PostgresTSQuery.self, .tsQuery, "00000003 02 02 01 00 01 6200 01 0a 00 2700", "'''':AC & 'b':*"),
        Sample(
            PostgresHStore.self, extensionType, "00000002 00000001 61 ffffffff 00000002 6262 00000000",
            "\"a\"=>NULL, \"bb\"=>\"\""),
        Sample(PostgresLTree.self, extensionType, "01 612e62", "a.b"),
        Sample(PostgresCube.self, extensionType, "80000001 3ff0000000000000", "(1)"),
        Sample(PostgresCube.self, extensionType, "00000001 3ff0000000000000 4000000000000000", "(1),(2)"),
    ]

    @Test(arguments: samples)
    func `a value has the server's bytes and text`(sample: Sample) throws {
        try check(sample.swift, sample)
    }

    @Test(arguments: samples)
    func `bytes that end early or do not end are refused`(sample: Sample) {
        checkLengths(sample.swift, sample)
    }

    @Test(arguments: samples)
    func `damaged bytes are refused or read`(sample: Sample) { readDamaged(sample) }

    private func check<Value: Codable>(_ type: Value.Type, _ sample: Sample) throws {
        let bytes = bytes(sample.hex)
        let value = try decode(Value.self, bytes, sample.type)
        #expect(value.description == sample.text)
        #expect(try encoded(value) == bytes)
        #expect(!Value.accepts(.int4, .binary))
        guard Value.accepts(sample.type, .text) else { return }
        let read = try decode(Value.self, Array(sample.text.utf8), sample.type, .text)
        #expect(try encoded(read) == bytes)
        for broken in ["x\u{0}", "(((((", "1:2:3:4:5:6:7:8:9:10", "99999999999999999999999999"] {
            guard !(Value.self is any ExpressibleByStringLiteral.Type) else { continue }
            #expect(throws: DecodingFault.self) {
                try decode(Value.self, Array(broken.utf8), sample.type, .text)
            }
        }
    }

    private func checkLengths<Value: Codable>(_ type: Value.Type, _ sample: Sample) {
        let all = bytes(sample.hex)
        // Where the bytes are a text, every part of it is one too.
        guard !(Value.self is any ExpressibleByStringLiteral.Type) else { return }
        for count in 0..<all.count {
            #expect(throws: DecodingFault.self, "\(count) bytes") {
                try decode(Value.self, Array(all.prefix(count)), sample.type)
            }
        }
        #expect(throws: DecodingFault.self) { try decode(Value.self, all + [0], sample.type) }
    }

    private func readDamaged(_ sample: Sample) { readDamaged(sample.swift, sample) }

    private func readDamaged<Value: Codable>(_ type: Value.Type, _ sample: Sample) {
        // Bytes of any kind are a number of a transaction; one byte too few never is.
        PostgresCodecsTests.readDamaged(Value.self, [bytes(sample.hex)], sample.type, rounds: 300)
    }
}
